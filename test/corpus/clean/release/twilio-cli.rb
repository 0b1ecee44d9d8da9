class TwilioCli < Formula
  desc "Unleash the power of Twilio from your command prompt"
  homepage "https://github.com/twilio/twilio-cli"
  url "https://twilio-cli-prod.s3.amazonaws.com/twilio-v5.22.9/twilio-v5.22.9.tar.gz"
  version "5.22.9"
  sha256 "7374df08a7a6cf109af41565ca431fc53c9c1b9207294cd5f584cdc568b997ed"
  license "MIT"

  bottle do
    rebuild 1
    sha256 cellar: :any_skip_relocation, arm64_sequoia: "f69162950f235e3cdbbad33f1f912d1a504be90d8a37d002c735d6f3e3882265"
    sha256 cellar: :any_skip_relocation, ventura:       "e46da30081ffb976ed805142656306ccdeb14f8356268fc5700844679f3fb2c9"
  end

  resource "line-bot-sdk" do
    url "https://files.example.com/packages/2d/71/1642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881/line_bot_sdk-3.14.1.tar.gz"
    sha256 "38a9c1e721584da284b90ceea4ed7eb8db15ac4ea86c2c75ec925d5f8799fcf0"
  end
end
