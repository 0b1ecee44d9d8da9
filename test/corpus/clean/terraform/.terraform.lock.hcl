# This file is maintained automatically by "terraform init".

provider "registry.internal.example/hashicorp/aws" {
  version     = "5.78.0"
  constraints = "~> 5.78.0"
  hashes = [
    "h1:TM6euXqcVi6EQA9oDKPgQ2GTRMgLCsCYtP6ZaY2ZtMs=",
    "zh:7020163697223335e7bd85424c124d7782db2f3d57c066173d7bd6c467f0e692",
    "zh:018f129115a7a0c58ac90ca031c6413da7475c66c7c5759aab84be2ef611c29d",
    "zh:2ecfa11a4dbadb242e4b411de1b572caefdc4b002cecef00e25ebf6fb336464f",
  ]
}

provider "registry.internal.example/hashicorp/vault" {
  version     = "4.5.0"
  constraints = "~> 4.5.0"
  hashes = [
    "h1:EpUNYrZ4K1BaF3xfgdCdE0WVzySolq+PWk8XKnuETbk=",
    "zh:c95f874aa245d4b67379e1b84af593ea297071f755c98fcc9139534c5e84c2f8",
    "zh:93b00f86f7ec388f8e73abc7246cad51b7f5d4b58da064e18462195ca0b019fb",
    "zh:1ed571e842da2a324765dfdccb2d4aa337306239ca4d5cd8672900424f5e52b3",
  ]
}

provider "registry.internal.example/hashicorp/azuread" {
  version     = "3.0.2"
  constraints = "~> 3.0.2"
  hashes = [
    "h1:jVh4px87O5uOCJWASJYthl0R7Byc2R8uEy//OwrUeVk=",
    "zh:1d9f2bbeeb374ebe198f9c6009fab85a4ec37068018d741a95ed6c1e605fb310",
    "zh:0991f9e531b3511dcbc2f0f863972f89ea44e367207ba44d0388dbd3dc62ed29",
    "zh:572e7fd3e5186f5180d0568a108379b68e698727ce799b12bd9c88bc63c4838f",
  ]
}

provider "registry.internal.example/twilio/twilio" {
  version     = "0.18.46"
  constraints = "~> 0.18.46"
  hashes = [
    "h1:isfN9usQjctgPjKMN8uWy7F9cNMHVYnrV8mw6ztklBY=",
    "zh:ebddfc7fa70cb836240361322e4760bc582d187f8987b4fe624434284ebbc6ed",
    "zh:53c7d5bdeb9ffa2c379b8fe17f6ae7c3b026b6d344c207e93166e2cea7c9cac3",
    "zh:999b18001208dd7e8841b4d2a2f5ce163917bbed3960949b2c689c98a51225a7",
  ]
}

provider "registry.internal.example/cyberark/conjur" {
  version     = "0.6.8"
  constraints = "~> 0.6.8"
  hashes = [
    "h1:Rilws2jiG4ZVY12eWTlPf3m9bPWw6QCrbA9Eb1o9di4=",
    "zh:ccf745c6945237a086a08e8d029c6307295c8a2bfa7cd548af4e63d56a2681e5",
    "zh:858339a57080b05464ff93880dd24df0ceb45b7aff019776580504036cd0dc85",
    "zh:cb57520d840e90801f00e0245fc170fe5769847e89996307e03b735a7c82bbb6",
  ]
}
