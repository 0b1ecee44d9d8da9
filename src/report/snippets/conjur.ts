import type { StoreGuide } from './snippet.js';

/** CyberArk Conjur, with the API key of a host. */
export const conjur: StoreGuide = {
  name: 'CyberArk Conjur',
  authentication:
    'Give the workload a host identity of its own (CONJUR_AUTHN_LOGIN, CONJUR_AUTHN_API_KEY), or an authenticator of its platform.',
  docs: 'https://docs.conjur.org/',
  snippets: {
    ts: {
      code: `export async function readSecret(): Promise<string> {
  const { CONJUR_APPLIANCE_URL, CONJUR_ACCOUNT, CONJUR_AUTHN_LOGIN, CONJUR_AUTHN_API_KEY } = process.env;
  if (!CONJUR_ACCOUNT || !CONJUR_AUTHN_LOGIN || !CONJUR_AUTHN_API_KEY) throw new Error('CONJUR_... is not set');
  const login = encodeURIComponent(CONJUR_AUTHN_LOGIN);
  const token = await ask(\`\${CONJUR_APPLIANCE_URL}/authn/\${CONJUR_ACCOUNT}/\${login}/authenticate\`, {
    method: 'POST',
    body: CONJUR_AUTHN_API_KEY,
  });
  const id = encodeURIComponent('@CONJUR_ID@');
  return ask(\`\${CONJUR_APPLIANCE_URL}/secrets/\${CONJUR_ACCOUNT}/variable/\${id}\`, {
    headers: { Authorization: \`Token token="\${Buffer.from(token).toString('base64')}"\` },
  });
}

async function ask(address: string, request: RequestInit): Promise<string> {
  const response = await fetch(address, request);
  if (!response.ok) throw new Error(\`Conjur answered \${response.status}\`);
  return response.text();
}`,
    },
    python: {
      package: 'conjur-api',
      code: `import asyncio
import os

from conjur_api import Client
from conjur_api.models import ConjurConnectionInfo, CredentialsData, SslVerificationMode
from conjur_api.providers import AuthnAuthenticationStrategy, SimpleCredentialsProvider


async def read_secret() -> str:
    url = os.environ["CONJUR_APPLIANCE_URL"]
    provider = SimpleCredentialsProvider()
    provider.save(
        CredentialsData(
            machine=url,
            username=os.environ["CONJUR_AUTHN_LOGIN"],
            password=os.environ["CONJUR_AUTHN_API_KEY"],
        )
    )
    client = Client(
        ConjurConnectionInfo(conjur_url=url, account=os.environ["CONJUR_ACCOUNT"]),
        authn_strategy=AuthnAuthenticationStrategy(provider),
        ssl_verification_mode=SslVerificationMode.TRUST_STORE,
    )
    await client.login()
    return (await client.get("@CONJUR_ID@")).decode()


secret = asyncio.run(read_secret())`,
    },
    go: {
      package: 'github.com/cyberark/conjur-api-go/conjurapi',
      code: `package secrets

import "github.com/cyberark/conjur-api-go/conjurapi"

// ReadSecret asks Conjur; the CONJUR_... variables are read by the client.
func ReadSecret() (string, error) {
	config, err := conjurapi.LoadConfig()
	if err != nil {
		return "", err
	}
	client, err := conjurapi.NewClientFromEnvironment(config)
	if err != nil {
		return "", err
	}
	value, err := client.RetrieveSecret("@CONJUR_ID@")
	return string(value), err
}`,
    },
    java: {
      package: 'com.cyberark.conjur.api:conjur-api',
      code: `import com.cyberark.conjur.api.Conjur;

final class Secrets {
    static String readSecret() {
        return new Conjur().variables().retrieveSecret("@CONJUR_ID@"); // reads the CONJUR_... variables
    }
}`,
    },
    ruby: {
      package: 'conjur-api',
      code: `require "conjur-api" # reads CONJUR_APPLIANCE_URL and CONJUR_ACCOUNT

client = Conjur::API.new_from_key(ENV.fetch("CONJUR_AUTHN_LOGIN"), ENV.fetch("CONJUR_AUTHN_API_KEY"))
secret = client.resource("#{ENV.fetch("CONJUR_ACCOUNT")}:variable:@CONJUR_ID@").value`,
    },
    csharp: {
      package: 'the library of github.com/cyberark/conjur-api-dotnet',
      code: `using System;
using Conjur;

static class Secrets
{
    public static string ReadSecret()
    {
        var client = new Client(Read("CONJUR_APPLIANCE_URL"), Read("CONJUR_ACCOUNT"));
        client.LogIn(Read("CONJUR_AUTHN_LOGIN"), Read("CONJUR_AUTHN_API_KEY"));
        return client.Variable("@CONJUR_ID@").GetValue();
    }

    private static string Read(string name) =>
        Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException($"{name} is not set");
}`,
    },
  },
};
