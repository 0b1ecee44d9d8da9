import type { Detector } from '../src/detect/detector.js';

export default {
  provider: 'HCP Terraform',
  aliases: ['terraform cloud', 'terraform enterprise', 'tfe', 'tfc', 'terraform'],
  category: 'ci',
  about:
    'API tokens of HCP Terraform and Terraform Enterprise: they run plans and read state, with every secret that stands in it.',
  docs: 'https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens',
  hosts: ['hashicorp.com', 'terraform.io'],
  formats: [
    {
      id: 'hashicorp-terraform-api-token',
      name: 'HCP Terraform API token',
      severity: 'critical',
      // Observed: 14 characters, "atlasv1" from the former name Atlas, mostly 67 characters.
      pattern: /[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{59,69}[A-Za-z0-9]/,
      keywords: ['.atlasv1.'],
      minEntropy: 4,
      sample: '{{alnum:14}}.atlasv1.{{base64url:66}}{{alnum:1}}',
    },
  ],
  examples: {
    find: [
      'credentials "app.terraform.io" {\n  token = "{{hashicorp-terraform-api-token}}"\n}\n',
      '{"credentials":{"app.terraform.io":{"token":"{{hashicorp-terraform-api-token}}"}}}',
      'export TF_TOKEN_app_terraform_io={{hashicorp-terraform-api-token}}',
      'curl -H "Authorization: Bearer {{hashicorp-terraform-api-token}}" https://app.terraform.io/api/v2/organizations',
    ],
    ignore: [
      'token = "xxxxxx.atlasv1.zzzzzzzzzzzzz"',
      'TF_API_TOKEN: ${{ secrets.TF_API_TOKEN }}',
      'token = "xxxxxxxxxxxxxx.atlasv1.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"',
    ],
  },
  rotate: {
    url: 'https://app.terraform.io/app/settings/tokens',
    reviewed: '2026-11-29',
    credentials: [
      {
        id: 'api-token',
        name: 'User, team or organization API token',
        formats: ['hashicorp-terraform-api-token'],
        isSecret: true,
        grants:
          'Do what its user, team or organization may: run plans and applies, read variables that are not sensitive, and state.',
        lifetime: 'set by you, or never',
        selfRevoke: 'admin-api',
        strategy: 'overlap',
        overlap: 'as long as you like for users and teams; none for the one token of an organization',
        env: 'TF_API_TOKEN',
        steps: [
          {
            phase: 'create',
            do: 'Create a new token with an expiry date',
            console:
              'user: Account settings > Tokens > Create an API token; team: Organization settings > API tokens > Team Tokens',
            note: 'The old ones do not tell what they are: look for the one with a fitting description and last use.',
            docs: 'tokens',
          },
          {
            phase: 'deploy',
            do: 'Put it in your secret store and deploy it',
            note: 'A token is shown once.',
            docs: 'tokens',
          },
          {
            phase: 'revoke',
            do: 'Delete the leaked token',
            console: 'the same list > the bin beside the token',
            note: 'An organization has one token: generating it anew ends the old one at once.',
            danger: 'breaks-clients',
            docs: 'tokens',
          },
          {
            phase: 'prove',
            do: 'See that the old token is refused',
            call: {
              method: 'GET',
              url: 'https://app.terraform.io/api/v2/account/details',
              headers: { authorization: 'Bearer {{secret}}' },
              ok: '401',
              errors: [
                '200: a live token of a user',
                '404: ask for one of its workspaces: tokens of teams and organizations have no account',
              ],
              provesRevocation: true,
            },
            docs: 'account',
          },
          {
            phase: 'contain',
            do: 'Rotate the secrets that stand in the state it could read',
            note: 'State holds passwords and keys of resources in plain text.',
            danger: 'breaks-clients',
            docs: 'state',
          },
          { phase: 'prove', do: 'See that plans run with the new ones', run: 'terraform plan', docs: 'state' },
          {
            phase: 'check',
            do: 'Look for runs and downloads of state that you do not know',
            console: 'each workspace > Runs and States',
            docs: 'audit',
          },
        ],
        verify: {
          call: {
            method: 'GET',
            url: 'https://app.terraform.io/api/v2/account/details',
            headers: { authorization: 'Bearer {{secret}}' },
            ok: '200',
          },
          live: '200',
          dead: '401',
        },
      },
    ],
    audit: [
      {
        kind: 'api',
        title: 'Audit trails',
        where: 'https://app.terraform.io/api/v2/organization/audit-trail',
        needs: 'a paid edition, and the token for audit trails of the organization',
        retention: '14 days',
        lookFor: ['runs, variables and tokens that you do not know', 'state versions that were downloaded'],
      },
    ],
    risks: [
      'State is downloaded, and with it the passwords and keys of what Terraform made.',
      'A run with foreign configuration takes the credentials of your cloud accounts from the workspace.',
    ],
    breaks: ['pipelines and command lines that plan or apply', 'providers and modules from the private registry'],
    usedIn: [
      'TF_API_TOKEN, TFE_TOKEN, TF_TOKEN_app_terraform_io',
      '~/.terraform.d/credentials.tfrc.json',
      '~/.terraformrc',
    ],
    practices: [
      'Give pipelines tokens of a team with few workspaces, and an expiry date.',
      'Let workspaces sign in to clouds with dynamic credentials, so that no key stands in variables.',
    ],
    links: [
      {
        id: 'tokens',
        title: 'API tokens',
        url: 'https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens',
      },
      {
        id: 'account',
        title: 'Account API',
        url: 'https://developer.hashicorp.com/terraform/cloud-docs/api-docs/account',
      },
      {
        id: 'state',
        title: 'Sensitive data in state',
        url: 'https://developer.hashicorp.com/terraform/language/state/sensitive-data',
      },
      {
        id: 'audit',
        title: 'Audit trails API',
        url: 'https://developer.hashicorp.com/terraform/cloud-docs/api-docs/audit-trails',
      },
    ],
  },
} satisfies Detector;
