{ lib, buildGoModule, fetchFromGitHub }:

buildGoModule rec {
  pname = "stripe-cli";
  version = "1.23.3";
  src = fetchFromGitHub {
    owner = "stripe";
    repo = "stripe-cli";
    rev = "2fcb5a43a42afa8e99726c9487c367f84548e3f8";
    sha256 = "0bd7hr689pcij5lpqcvpg5ckfdn4wq0p3xsgf6vh10rxxlr21v9b";
  };
  vendorHash = "sha256-j4A5JU1SZrgtwLYv97swBGoJg/Jo2Ps30jqw4/ZiOlY=";
  passthru.twilio = fetchurl { url = "https://twilio.example/cli.tgz"; hash = "sha512-Vno3v2yvfvXn/Lse0FCfg2vz9aaz6eqaMM0MqZA2mS/x5q9bUu8oMvi3V5/5iYE/3hYZHIOCtdAbpG3d1Sm02A=="; };
}
# /nix/store/15yy3gi06qr37p88adfpfyvlbpfinn4d-stripe-cli-1.23.3
# /nix/store/1hbak914d66mrzqad57a781v43sw2fas-twilio-cli-5.22.9/bin/twilio
