import type { StoreGuide } from './snippet.js';

/** Environment variables: the least that every platform has. */
export const env: StoreGuide = {
  name: 'environment variable',
  authentication:
    'The platform sets the variable: its secret settings, CI secrets, or an untracked .env file on your own machine.',
  docs: 'https://12factor.net/config',
  snippets: {
    ts: {
      code: `// On your own machine: node --env-file=.env
export function readSecret(): string {
  const value = process.env.@ENV@;
  if (!value) throw new Error('@ENV@ is not set');
  return value;
}`,
    },
    python: {
      code: `import os

secret = os.environ["@ENV@"]  # a KeyError says that it is not set`,
    },
    go: {
      code: `package secrets

import (
	"errors"
	"os"
)

// ReadSecret fails when the variable is not set.
func ReadSecret() (string, error) {
	value, isSet := os.LookupEnv("@ENV@")
	if !isSet {
		return "", errors.New("@ENV@ is not set")
	}
	return value, nil
}`,
    },
    java: {
      code: `final class Secrets {
    static String readSecret() {
        String value = System.getenv("@ENV@");
        if (value == null) throw new IllegalStateException("@ENV@ is not set");
        return value;
    }
}`,
    },
    ruby: {
      code: `secret = ENV.fetch("@ENV@") # a KeyError says that it is not set`,
    },
    csharp: {
      code: `using System;

static class Secrets
{
    public static string ReadSecret() =>
        Environment.GetEnvironmentVariable("@ENV@")
        ?? throw new InvalidOperationException("@ENV@ is not set");
}`,
    },
  },
};
