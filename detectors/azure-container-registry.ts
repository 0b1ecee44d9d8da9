import type { Detector } from '../src/detect/detector.js';

export default {
  provider: 'Azure Container Registry',
  aliases: ['acr', 'azurecr', 'azure acr'],
  category: 'cloud',
  about: 'Passwords of the admin user and of tokens of an Azure container registry: they pull and push its images.',
  docs: 'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-authentication',
  hosts: ['microsoft.com', 'azure.com', 'azurecr.io'],
  formats: [
    {
      id: 'azure-container-registry-key',
      name: 'Azure Container Registry password',
      severity: 'critical',
      pattern: /[A-Za-z0-9+/]{42}\+ACR[A-Za-z0-9+/]{6}/,
      keywords: ['+ACR'],
      minEntropy: 4,
      sample: '{{alnum:42}}+ACR{{alnum:6}}',
    },
    {
      id: 'azure-container-registry-legacy-password',
      name: 'Azure Container Registry password, without mark',
      severity: 'critical',
      // Observed: 32 characters of the alphabet of base64, among which "=" may stand.
      pattern: /(?=[a-z0-9+/=]{0,31}[A-Z])(?=[A-Z0-9+/=]{0,31}[a-z])[A-Za-z0-9+/][A-Za-z0-9+/=]{30}[A-Za-z0-9+/]/,
      near: ['azurecr.io', 'acr password', 'acr username', 'azure container registry'],
      names: ['password', 'azurecr io', 'registry key', 'acr key'],
      minEntropy: 3.8,
      sample: '{{alnum:24}}={{alnum:6}}{{base64:1}}',
    },
  ],
  examples: {
    find: [
      'docker login acme.azurecr.io -u acme -p {{azure-container-registry-key}}',
      'docker login acme.azurecr.io -u acme -p {{azure-container-registry-legacy-password}}',
      'imageRegistryCredentials:\n- server: acme.azurecr.io\n  username: acme\n  password: {{azure-container-registry-legacy-password}}\n',
    ],
    ignore: [
      'docker login acme.azurecr.io -u acme -p $ACR_PASSWORD',
      'ACR_PASSWORD=<password>',
      'image: acme.azurecr.io/api@sha256:{{conjur-api-key}}',
      'az acr credential show -n acme --query "passwords[0].value"',
    ],
  },
  rotate: {
    url: 'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-authentication',
    reviewed: '2026-11-29',
    credentials: [
      {
        id: 'registry-password',
        name: 'Password of a container registry: its admin user or a token',
        formats: ['azure-container-registry-key', 'azure-container-registry-legacy-password'],
        isSecret: true,
        grants: 'Pull every image of the registry and push others in their place; a token within its scope map.',
        lifetime: 'does not expire; that of a token if you set a date',
        maxActive: 'two passwords',
        selfRevoke: 'admin-api',
        strategy: 'overlap',
        overlap: 'as long as you like: both passwords work until one is regenerated',
        env: 'ACR_PASSWORD',
        url: 'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-authentication',
        steps: [
          { phase: 'deploy', do: 'Move every client to the other password', docs: 'registry' },
          {
            phase: 'revoke',
            do: 'Regenerate the leaked password',
            run: 'az acr credential renew -n <REGISTRY> --password-name password',
            console: 'Container registry > Settings > Access keys > Regenerate',
            note: 'For a token: az acr token credential generate -n <TOKEN> -r <REGISTRY> --password1.',
            danger: 'breaks-clients',
            docs: 'registry',
          },
          {
            phase: 'prove',
            do: 'See that the old password is refused: 401 Unauthorized',
            run: 'docker login <REGISTRY>.azurecr.io -u <REGISTRY>',
            docs: 'registry',
          },
          {
            phase: 'check',
            do: 'Look for images that were pushed since the commit',
            run: 'az acr manifest list-metadata -r <REGISTRY> -n <REPOSITORY> --orderby time_desc',
            docs: 'registry',
          },
        ],
      },
    ],
    audit: [
      {
        kind: 'console',
        title: 'ContainerRegistryLoginEvents and ContainerRegistryRepositoryEvents',
        where: 'Container registry > Monitoring > Logs',
        needs: 'a diagnostic setting that sends them to a workspace',
        retention: 'as set in the workspace',
        lookFor: ['logins of the admin user or the token from addresses you do not know', 'pushes and deletions'],
      },
    ],
    risks: [
      'An image is replaced by one that runs foreign code wherever it is deployed next.',
      'Private images are pulled, and with them the code and the secrets that they hold.',
    ],
    breaks: ['pulls of clusters, web apps and container instances', 'builds that push images'],
    usedIn: [
      'ACR_PASSWORD',
      'REGISTRY_PASSWORD',
      'DOCKER_REGISTRY_SERVER_PASSWORD',
      'image pull secrets of Kubernetes',
    ],
    practices: [
      'Switch the admin user off; let clusters and apps pull with a managed identity.',
      'Where a password must be, give a token with a scope map and an expiry date.',
    ],
    links: [
      {
        id: 'registry',
        title: 'Authenticate with a registry',
        url: 'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-authentication',
      },
      {
        id: 'tokens',
        title: 'Tokens with repository permissions',
        url: 'https://learn.microsoft.com/en-us/azure/container-registry/container-registry-token-based-repository-permissions',
      },
      { id: 'acr', title: 'az acr credential', url: 'https://learn.microsoft.com/en-us/cli/azure/acr/credential' },
    ],
  },
} satisfies Detector;
