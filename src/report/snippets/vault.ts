import type { StoreGuide } from './snippet.js';

/** HashiCorp Vault, key-value store version 2, mounted at `secret`. */
export const vault: StoreGuide = {
  name: 'HashiCorp Vault (KV version 2)',
  authentication:
    'Log in with AppRole, Kubernetes or OIDC, or run the Vault agent; a fixed VAULT_TOKEN is for your own machine only.',
  docs: 'https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2',
  snippets: {
    ts: {
      code: `export async function readSecret(): Promise<string> {
  const { VAULT_ADDR, VAULT_TOKEN } = process.env;
  if (!VAULT_ADDR || !VAULT_TOKEN) throw new Error('VAULT_ADDR or VAULT_TOKEN is not set');
  const address = new URL('/v1/secret/data/@VAULT_PATH@', VAULT_ADDR);
  const response = await fetch(address, { headers: { 'X-Vault-Token': VAULT_TOKEN } });
  if (!response.ok) throw new Error(\`Vault answered \${response.status}\`);
  const answer = (await response.json()) as { data: { data: Record<string, string> } };
  const value = answer.data.data['@VAULT_KEY@'];
  if (value === undefined) throw new Error('@VAULT_PATH@ has no @VAULT_KEY@');
  return value;
}`,
    },
    python: {
      package: 'hvac',
      code: `import os

import hvac

client = hvac.Client(url=os.environ["VAULT_ADDR"], token=os.environ["VAULT_TOKEN"])
answer = client.secrets.kv.v2.read_secret_version(
    path="@VAULT_PATH@", mount_point="secret", raise_on_deleted_version=True
)
secret = answer["data"]["data"]["@VAULT_KEY@"]`,
    },
    go: {
      package: 'github.com/hashicorp/vault/api',
      code: `package secrets

import (
	"context"
	"errors"

	"github.com/hashicorp/vault/api"
)

// ReadSecret asks Vault; VAULT_ADDR and VAULT_TOKEN are read by the client.
func ReadSecret(ctx context.Context) (string, error) {
	client, err := api.NewClient(api.DefaultConfig())
	if err != nil {
		return "", err
	}
	answer, err := client.KVv2("secret").Get(ctx, "@VAULT_PATH@")
	if err != nil {
		return "", err
	}
	value, isText := answer.Data["@VAULT_KEY@"].(string)
	if !isText {
		return "", errors.New("@VAULT_PATH@ has no @VAULT_KEY@")
	}
	return value, nil
}`,
    },
    java: {
      package: 'org.springframework.vault:spring-vault-core',
      code: `import java.util.Map;
import org.springframework.vault.core.VaultTemplate;
import org.springframework.vault.support.Versioned;

final class Secrets {
    static String readSecret(VaultTemplate vaultTemplate) {
        Versioned<Map<String, Object>> answer =
            vaultTemplate.opsForVersionedKeyValue("secret").get("@VAULT_PATH@");
        if (answer == null || answer.getData() == null) {
            throw new IllegalStateException("Vault has no @VAULT_PATH@");
        }
        return (String) answer.getData().get("@VAULT_KEY@");
    }
}`,
    },
    ruby: {
      package: 'vault',
      code: `require "vault" # reads VAULT_ADDR and VAULT_TOKEN

answer = Vault.kv("secret").read("@VAULT_PATH@")
raise "Vault has no @VAULT_PATH@" if answer.nil?
secret = answer.data.fetch(:"@VAULT_KEY@")`,
    },
    csharp: {
      package: 'VaultSharp',
      code: `using System;
using System.Threading.Tasks;
using VaultSharp;
using VaultSharp.V1.AuthMethods.Token;

static class Secrets
{
    public static async Task<string> ReadSecretAsync()
    {
        var address = Environment.GetEnvironmentVariable("VAULT_ADDR");
        var login = new TokenAuthMethodInfo(Environment.GetEnvironmentVariable("VAULT_TOKEN"));
        var client = new VaultClient(new VaultClientSettings(address, login));
        var answer = await client.V1.Secrets.KeyValue.V2.ReadSecretAsync(
            path: "@VAULT_PATH@", mountPoint: "secret");
        return answer.Data.Data["@VAULT_KEY@"].ToString();
    }
}`,
    },
  },
};
