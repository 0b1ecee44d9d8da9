import type { Detector } from '../src/detect/detector.js';

export default {
  provider: 'SendGrid',
  aliases: ['twilio sendgrid', 'twilio-sendgrid'],
  category: 'email',
  about: 'API keys of the mail service Twilio SendGrid: they send mail in your name and read contacts and statistics.',
  docs: 'https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys',
  hosts: ['sendgrid.com', 'twilio.com'],
  formats: [
    {
      id: 'sendgrid-api-key',
      name: 'SendGrid API key',
      severity: 'high',
      // "SG." + 22-character key id + "." + 43-character secret, both base64url: 69 characters in all.
      pattern: /SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/,
      keywords: ['SG.'],
      minEntropy: 4,
      sample: 'SG.{{base64url:22}}.{{base64url:43}}',
    },
  ],
  examples: {
    find: [
      'curl -H "Authorization: Bearer {{sendgrid-api-key}}" https://api.sendgrid.com/v3/scopes',
      "sgMail.setApiKey('{{sendgrid-api-key}}')",
      'smtp://apikey:{{sendgrid-api-key}}@smtp.sendgrid.net:587',
    ],
    ignore: [
      'apiKey: process.env.SENDGRID_API_KEY',
      'SENDGRID_API_KEY=SG.xxxxxxxxxxxxxxxxxxxxxx.yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy',
      'SENDGRID_API_KEY=SG.your-key-id',
    ],
  },
  rotate: {
    url: 'https://app.sendgrid.com/settings/api_keys',
    reviewed: '2026-11-22',
    credentials: [
      {
        id: 'api-key',
        name: 'API key',
        formats: ['sendgrid-api-key'],
        isSecret: true,
        grants: 'Send mail from your verified senders; with full access also read contacts and create further keys.',
        lifetime: 'does not expire',
        maxActive: '100 keys',
        selfRevoke: 'admin-api',
        strategy: 'overlap',
        overlap: 'as long as you like: both keys work until you delete the old one',
        env: 'SENDGRID_API_KEY',
        steps: [
          {
            phase: 'contain',
            do: 'Take the leaked key down to one harmless scope',
            call: {
              method: 'PUT',
              url: 'https://api.sendgrid.com/v3/api_keys/<KEY_ID>',
              headers: { authorization: 'Bearer {{admin}}' },
              json: { name: '<NAME>', scopes: ['user.profile.read'] },
              ok: '200',
            },
            note: 'The key id is the part between the two dots, so the right key can be named without guessing.',
            danger: 'breaks-clients',
            docs: 'update',
          },
          {
            phase: 'create',
            do: 'Create a new key with the same permissions',
            console: 'Settings > API Keys > Create API Key',
            docs: 'keys',
          },
          {
            phase: 'deploy',
            do: 'Put the new key in your secret store and deploy it',
            note: 'The key is shown once.',
            docs: 'keys',
          },
          {
            phase: 'revoke',
            do: 'Delete the leaked key',
            call: {
              method: 'DELETE',
              url: 'https://api.sendgrid.com/v3/api_keys/<KEY_ID>',
              headers: { authorization: 'Bearer {{admin}}' },
              ok: '204',
              errors: ['404: no key has this id'],
            },
            note: 'It takes a moment until every server knows.',
            danger: 'breaks-clients',
            docs: 'delete',
          },
          {
            phase: 'prove',
            do: 'See that the old key is refused',
            call: {
              method: 'GET',
              url: 'https://api.sendgrid.com/v3/scopes',
              headers: { authorization: 'Bearer {{secret}}' },
              ok: '401',
              errors: ['200 or 403: the key still lives'],
              provesRevocation: true,
            },
            docs: 'scopes',
          },
          {
            phase: 'check',
            do: 'Look for mail you did not send since the date of the commit',
            console: 'Activity > Activity Feed',
            docs: 'activity',
          },
        ],
        verify: {
          call: {
            method: 'GET',
            url: 'https://api.sendgrid.com/v3/scopes',
            headers: { authorization: 'Bearer {{secret}}' },
            ok: '200',
          },
          live: '200; 403: a live key that may not list scopes',
          dead: '401',
        },
      },
    ],
    audit: [
      {
        kind: 'console',
        title: 'Email Activity feed',
        where: 'Activity',
        retention: '3 days, 30 with the add-on',
        lookFor: ['mail to addresses you do not know', 'bursts at odd hours'],
      },
      {
        kind: 'console',
        title: 'Statistics, senders, teammates',
        where: 'Stats; Settings > Sender Authentication; Settings > Teammates',
        lookFor: ['a jump in requests', 'a sender, domain or teammate you did not add', 'new API keys'],
      },
    ],
    risks: [
      'Phishing from your authenticated domain: it passes SPF and DKIM, and your reputation pays for it.',
      'With full access: contact lists are read, and further keys are made that outlive this one.',
    ],
    breaks: ['mail sent with this key through the API', 'mail sent through SMTP with the user name "apikey"'],
    usedIn: [
      'SENDGRID_API_KEY',
      'SENDGRID_KEY',
      'SMTP password with the user name "apikey"',
      'Twilio SendGrid integrations of CMS and CRM',
    ],
    practices: [
      'Give each service a key of its own, restricted to Mail Send.',
      'Limit the account to your servers under Settings > IP Access Management.',
    ],
    links: [
      { id: 'keys', title: 'API keys', url: 'https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys' },
      {
        id: 'update',
        title: 'Update a key',
        url: 'https://www.twilio.com/docs/sendgrid/api-reference/api-keys/update-the-name-and-scopes-of-an-api-key',
      },
      {
        id: 'delete',
        title: 'Delete a key',
        url: 'https://www.twilio.com/docs/sendgrid/api-reference/api-keys/delete-api-keys',
      },
      {
        id: 'scopes',
        title: 'List scopes',
        url: 'https://www.twilio.com/docs/sendgrid/api-reference/api-key-permissions/retrieve-a-list-of-scopes-for-which-this-user-has-access',
      },
      {
        id: 'activity',
        title: 'Email Activity',
        url: 'https://www.twilio.com/docs/sendgrid/ui/analytics-and-reporting/email-activity-feed',
      },
    ],
  },
} satisfies Detector;
