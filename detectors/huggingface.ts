import type { Detector } from '../src/detect/detector.js';

export default {
  provider: 'Hugging Face',
  aliases: ['hugging face', 'hf', 'huggingface hub'],
  category: 'ai',
  about:
    'User access tokens of the Hugging Face Hub: they read private models and data sets, and write to repositories.',
  docs: 'https://huggingface.co/docs/hub/security-tokens',
  hosts: ['huggingface.co'],
  formats: [
    {
      id: 'huggingface-access-token',
      name: 'Hugging Face user access token',
      severity: 'high',
      // 37 characters, as observed: letters, hardly ever digits.
      pattern: /hf_[A-Za-z0-9]{34}/,
      keywords: ['hf_'],
      minEntropy: 3.5,
      sample: 'hf_{{alpha:34}}',
    },
    {
      id: 'huggingface-organization-token',
      name: 'Hugging Face organization API token (deprecated)',
      severity: 'high',
      // Deprecated: https://huggingface.co/docs/hub/security-tokens
      pattern: /api_org_[A-Za-z0-9]{34}/,
      keywords: ['api_org_'],
      minEntropy: 3.5,
      sample: 'api_org_{{alpha:34}}',
    },
  ],
  examples: {
    find: [
      "login(token='{{huggingface-access-token}}')",
      'hf auth login --token {{huggingface-access-token}}',
      'git clone https://ana:{{huggingface-access-token}}@huggingface.co/acme/model',
      'curl https://api-inference.huggingface.co/models/gpt2 -H "Authorization: Bearer {{huggingface-organization-token}}"',
    ],
    ignore: [
      'HF_TOKEN=hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'token = os.environ["HF_TOKEN"]',
      'hf_hub_download(repo_id="acme/model", filename="config.json")',
      'hf_transferEnabledByDefaultForEveryDownload = true',
    ],
  },
  rotate: {
    url: 'https://huggingface.co/settings/tokens',
    reviewed: '2026-11-29',
    credentials: [
      {
        id: 'access-token',
        name: 'User access token',
        formats: ['huggingface-access-token', 'huggingface-organization-token'],
        isSecret: true,
        grants:
          'Read what the user can read; with write, push to every repository of the user; a fine-grained one, as it says.',
        lifetime: 'does not expire',
        selfRevoke: 'console',
        strategy: 'overlap',
        overlap: 'as long as you like: several tokens work side by side',
        env: 'HF_TOKEN',
        steps: [
          {
            phase: 'create',
            do: 'Create a new fine-grained token',
            console: 'Settings > Access Tokens > Create new token',
            docs: 'tokens',
          },
          { phase: 'deploy', do: 'Put it in your secret store and deploy it', docs: 'tokens' },
          {
            phase: 'revoke',
            do: 'Delete the leaked token',
            console: 'Settings > Access Tokens > the menu of the token > Delete',
            note: 'Invalidate and refresh, in the same menu, gives it another value under its old name and permissions.',
            danger: 'breaks-clients',
            docs: 'tokens',
          },
          {
            phase: 'prove',
            do: 'See that the old token is refused',
            call: {
              method: 'GET',
              url: 'https://huggingface.co/api/whoami-v2',
              headers: { authorization: 'Bearer {{secret}}' },
              ok: '401',
              errors: ['200: the token still lives'],
              provesRevocation: true,
            },
            docs: 'hub',
          },
          {
            phase: 'check',
            do: 'Look for commits to your repositories that you did not make',
            console: 'each repository > Files and versions > History',
            docs: 'tokens',
          },
        ],
        verify: {
          call: {
            method: 'GET',
            url: 'https://huggingface.co/api/whoami-v2',
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
        kind: 'console',
        title: 'Audit log of the organization',
        where: 'Organization settings > Audit Log',
        needs: 'Team or Enterprise plan',
        lookFor: ['tokens, members and repositories that nobody of you added'],
      },
      {
        kind: 'console',
        title: 'History of each repository',
        where: 'Files and versions > History',
        lookFor: ['changed weights, or code in them that loads itself'],
      },
    ],
    risks: [
      'A model is replaced by one whose files run code where they are loaded.',
      'Private models and data sets are downloaded, and paid inference is used at your cost.',
    ],
    breaks: ['downloads of private and gated models', 'jobs that push models and data sets'],
    usedIn: ['HF_TOKEN, HUGGING_FACE_HUB_TOKEN, HUGGINGFACEHUB_API_TOKEN', '~/.cache/huggingface/token'],
    practices: [
      'Take fine-grained tokens, one for each app, and read-only where nothing is pushed.',
      'Load weights from safetensors files, which cannot hold code.',
    ],
    links: [
      { id: 'tokens', title: 'User access tokens', url: 'https://huggingface.co/docs/hub/security-tokens' },
      { id: 'hub', title: 'Hub API', url: 'https://huggingface.co/docs/hub/api' },
    ],
  },
} satisfies Detector;
