terraform {
  required_providers {
    aws    = { source = "hashicorp/aws", version = "~> 5.78" }
    twilio = { source = "RJPearson94/twilio", version = ">= 0.2.1" }
  }
}

variable "twilio_auth_token" {
  type      = string
  sensitive = true
}

provider "twilio" {
  account_sid = "AC29c63a14fe71b7c2e18b84e1e2a261ce"
  auth_token  = var.twilio_auth_token
}

provider "aws" {
  region     = "eu-central-1"
  access_key = var.aws_access_key
  secret_key = var.aws_secret_key
}

resource "aws_secretsmanager_secret_version" "stripe" {
  secret_id     = aws_secretsmanager_secret.stripe_secret_key_of_production.id
  secret_string = data.vault_kv_secret_v2.stripe.data["secret_key"]
}

resource "aws_iam_role_policy_attachment" "AmazonEKSWorkerNodePolicyAttachmentForNodes" {
  policy_arn = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"
  role       = aws_iam_role.nodes.name
}

data "aws_kms_key" "backup" {
  key_id = "arn:aws:kms:eu-central-1:123456789012:key/3c604a40-b7c7-5885-82f0-270a1b7b11e9"
}

resource "aws_lambda_function" "bot" {
  function_name    = "line-bot"
  source_code_hash = "bobEiWIaf2Y3sywS6X+NP0hFUpe4SaFJH5NQGUYEBvQ="
  environment {
    variables = {
      LINE_CHANNEL_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:line/channel-secret-a1b2C3"
      SLACK_CHANNEL           = "C024BE91L"
    }
  }
}

module "vpc" {
  source = "git::https://git.internal.example/modules/vpc.git?ref=10bd3a19a8ee4452666e66cd5a6a7e36f2c8fffd"
}
