import type { Detector } from '../src/detect/detector.js';

export default {
  provider: 'Groq',
  aliases: ['groqcloud', 'groq cloud'],
  category: 'ai',
  about: 'API keys of GroqCloud: they run models at the cost of their project.',
  docs: 'https://console.groq.com/docs/quickstart',
  hosts: ['groq.com'],
  formats: [
    {
      id: 'groq-api-key',
      name: 'Groq API key',
      severity: 'high',
      // Observed: 52 characters, among them "WGdyb3FY", which is base64 with "Groq" in it.
      pattern: /gsk_(?=[A-Za-z0-9]{8,36}WGdyb3FY)[A-Za-z0-9]{52}/,
      keywords: ['gsk_'],
      minEntropy: 4,
      sample: 'gsk_{{alnum:20}}WGdyb3FY{{alnum:24}}',
    },
  ],
  examples: {
    find: [
      "client = Groq(api_key='{{groq-api-key}}')",
      'curl -H "Authorization: Bearer {{groq-api-key}}" https://api.groq.com/openai/v1/chat/completions',
      'GROQ_API_KEY={{groq-api-key}}',
    ],
    ignore: [
      'GROQ_API_KEY=gsk_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'api_key=os.environ.get("GROQ_API_KEY")',
      'gsk_render_node_get_node_type',
    ],
  },
  rotate: {
    url: 'https://console.groq.com/keys',
    reviewed: '2026-11-29',
    credentials: [
      {
        id: 'api-key',
        name: 'API key',
        formats: ['groq-api-key'],
        isSecret: true,
        grants: 'Run every model that the project may use, at its cost and within its limits.',
        lifetime: 'does not expire',
        selfRevoke: 'console',
        strategy: 'overlap',
        overlap: 'as long as you like: several keys work side by side',
        env: 'GROQ_API_KEY',
        steps: [
          { phase: 'create', do: 'Create a new key', console: 'API Keys > Create API Key', docs: 'keys' },
          {
            phase: 'deploy',
            do: 'Put it in your secret store and deploy it',
            note: 'The key is shown once.',
            docs: 'keys',
          },
          {
            phase: 'revoke',
            do: 'Delete the leaked key',
            console: 'API Keys > the key > Delete',
            danger: 'irreversible',
            docs: 'keys',
          },
          {
            phase: 'prove',
            do: 'See that the old key is refused',
            call: {
              method: 'GET',
              url: 'https://api.groq.com/openai/v1/models',
              headers: { authorization: 'Bearer {{secret}}' },
              ok: '401',
              errors: ['200: the key still lives'],
              provesRevocation: true,
            },
            docs: 'models',
          },
          {
            phase: 'check',
            do: 'Look at the usage since the date of the commit',
            console: 'Dashboard > Usage',
            docs: 'keys',
          },
        ],
        verify: {
          call: {
            method: 'GET',
            url: 'https://api.groq.com/openai/v1/models',
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
        title: 'Usage',
        where: 'Dashboard > Usage, Logs',
        lookFor: ['requests to models, or at times, that are not yours'],
      },
    ],
    risks: [
      'Models run at your cost until the limit of the project is reached.',
      'Your requests are refused, because others have used up the rate limit.',
    ],
    breaks: ['every application that uses the key'],
    usedIn: ['GROQ_API_KEY', 'settings of editors and agents that take an OpenAI-compatible endpoint'],
    practices: [
      'Make a project for each application, with limits of its own.',
      'Call the API from your server, never from an app or a page.',
    ],
    links: [
      { id: 'keys', title: 'Quickstart: API key', url: 'https://console.groq.com/docs/quickstart' },
      { id: 'models', title: 'API reference: models', url: 'https://console.groq.com/docs/api-reference' },
    ],
  },
} satisfies Detector;
