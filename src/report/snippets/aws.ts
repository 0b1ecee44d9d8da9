import type { StoreGuide } from './snippet.js';

/** AWS Secrets Manager, with the default credential chain of each SDK. */
export const aws: StoreGuide = {
  name: 'AWS Secrets Manager',
  authentication:
    'Give the workload an IAM role that may call secretsmanager:GetSecretValue on this one secret; no key in code.',
  docs: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets.html',
  snippets: {
    ts: {
      package: '@aws-sdk/client-secrets-manager',
      code: `import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

const client = new SecretsManagerClient({});

export async function readSecret(): Promise<string> {
  const answer = await client.send(new GetSecretValueCommand({ SecretId: '@SECRET_ID@' }));
  if (answer.SecretString === undefined) throw new Error('@SECRET_ID@ holds no text');
  return answer.SecretString;
}`,
    },
    python: {
      package: 'boto3',
      code: `import boto3

client = boto3.client("secretsmanager")
secret = client.get_secret_value(SecretId="@SECRET_ID@")["SecretString"]`,
    },
    go: {
      package: 'github.com/aws/aws-sdk-go-v2/service/secretsmanager and its config module',
      code: `package secrets

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
)

// ReadSecret asks AWS Secrets Manager.
func ReadSecret(ctx context.Context) (string, error) {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return "", err
	}
	client := secretsmanager.NewFromConfig(cfg)
	answer, err := client.GetSecretValue(ctx, &secretsmanager.GetSecretValueInput{
		SecretId: aws.String("@SECRET_ID@"),
	})
	if err != nil {
		return "", err
	}
	return aws.ToString(answer.SecretString), nil
}`,
    },
    java: {
      package: 'software.amazon.awssdk:secretsmanager',
      code: `import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

final class Secrets {
    static String readSecret() {
        try (SecretsManagerClient client = SecretsManagerClient.create()) {
            return client.getSecretValue(request -> request.secretId("@SECRET_ID@")).secretString();
        }
    }
}`,
    },
    ruby: {
      package: 'aws-sdk-secretsmanager',
      code: `require "aws-sdk-secretsmanager"

client = Aws::SecretsManager::Client.new
secret = client.get_secret_value(secret_id: "@SECRET_ID@").secret_string`,
    },
    csharp: {
      package: 'AWSSDK.SecretsManager',
      code: `using System.Threading.Tasks;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;

static class Secrets
{
    public static async Task<string> ReadSecretAsync()
    {
        using var client = new AmazonSecretsManagerClient();
        var request = new GetSecretValueRequest { SecretId = "@SECRET_ID@" };
        var answer = await client.GetSecretValueAsync(request);
        return answer.SecretString;
    }
}`,
    },
  },
};
