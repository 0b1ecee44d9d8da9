import type { Detector } from '../src/detect/detector.js';

export default {
  provider: 'JSON Web Token',
  aliases: ['jwt', 'json web token', 'bearer token', 'id token'],
  category: 'other',
  about:
    'Signed tokens of any issuer: whoever holds one is taken for the person or service that it names until it expires.',
  docs: 'https://www.rfc-editor.org/rfc/rfc7519',
  hosts: ['rfc-editor.org'],
  formats: [
    {
      id: 'jwt-signed',
      name: 'JSON Web Token',
      severity: 'medium',
      // Header, claims and signature in base64url: `{"` is eyJ. The claims of the two samples that stand in most
      // documentation are none: `{"sub":"1234567890","name":"John Doe"` of jwt.io and `{"iss":"joe",` of RFC 7519, 3.1.
      pattern:
        /eyJ[A-Za-z0-9_-]{12,2000}\.(?!eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lI|eyJpc3MiOiJqb2UiLA0K)e[yw][A-Za-z0-9_-]{14,8000}\.[A-Za-z0-9_-]{20,1400}/,
      keywords: ['eyJ'],
      minEntropy: 4,
      proof: 'jwt',
      sample: '{{jwt}}',
    },
    {
      id: 'jwt-base64',
      name: 'JSON Web Token in base64',
      severity: 'medium',
      // Base64 of "eyJ", and ".eyJ" in one of the three ways in which base64 can fall on it.
      pattern: /ZXlK(?=[A-Za-z0-9+/]{12,3000}?(?:LmV5S|[CSiy]5leU[o-r]|uZXlK))[A-Za-z0-9+/]{100,14000}={0,2}/,
      keywords: ['ZXlK'],
      minEntropy: 4,
      sample: 'ZXlKaGJHY2lPaUpJVXpJMU5pSXNJblI1Y0NJNklrcFhWQ0o5LmV5S{{base64:239}}',
    },
  ],
  examples: {
    find: [
      'Authorization: Bearer {{jwt-signed}}',
      'curl --oauth2-bearer {{jwt-signed}} https://api.service.test/v1/me',
      'document.cookie = "session={{jwt-signed}}; path=/"',
      'wss://api.service.test/socket?access_token={{jwt-signed}}',
      'data:\n  token: {{jwt-base64}}\n',
    ],
    ignore: [
      // The sample of jwt.io, with its header, its claims and a signature.
      'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.signature-goes-in-this-place',
      'Authorization: Bearer eyJhbGciOi...',
      'token = header + "." + payload + "." + signature  # eyJ',
      'jwt.verify(token, process.env.JWT_PUBLIC_KEY)',
      '//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbXSwibmFtZXMiOltdLCJtYXBwaW5ncyI6IiJ9',
    ],
  },
  rotate: {
    url: 'https://www.rfc-editor.org/rfc/rfc8725',
    reviewed: '2026-11-22',
    credentials: [
      {
        id: 'token',
        name: 'Signed token',
        formats: ['jwt-signed', 'jwt-base64'],
        isSecret: true,
        grants: 'Be taken for the subject that it names, by every service that trusts its issuer.',
        lifetime: 'until the time in its claim exp; without that claim it does not expire',
        selfRevoke: 'admin-api',
        strategy: 'wait',
        overlap: 'any number can be valid at the same time',
        env: 'JWT_TOKEN',
        steps: [
          {
            phase: 'contain',
            do: 'Find out who issued it and whether it still lives: iss and exp',
            run: 'cut -d. -f2 <FILE_WITH_THE_TOKEN> | tr _- /+ | base64 -d',
            note: 'Read it on your own machine: a web page that decodes it sees it too. A time in the past means that it is dead.',
            docs: 'claims',
          },
          {
            phase: 'revoke',
            do: 'End the session, or revoke the token at its issuer',
            note: 'Look for a revocation endpoint or for sessions in its console. Services that check the signature alone take it until it expires.',
            danger: 'breaks-clients',
            docs: 'revocation',
          },
          {
            phase: 'revoke',
            do: 'Where that is not enough: replace the key that signs',
            note: 'It ends all tokens of that key, so everyone signs in again. Needed at once where the key itself has leaked.',
            danger: 'breaks-clients',
            docs: 'practices',
          },
          {
            phase: 'prove',
            do: 'See that a request with the old token gets 401',
            docs: 'bearer',
            note: 'Ask a service that it opened.',
          },
        ],
      },
    ],
    audit: [
      {
        kind: 'own-logs',
        title: 'Requests with its claim jti or sub, at the services that it opens',
        lookFor: ['requests from addresses that its owner does not use', 'tokens renewed by a stranger'],
      },
    ],
    risks: [
      'Requests are made in the name of a user or of a service until the token expires.',
      'Its claims can be read by anyone: names, mail addresses, internal ids.',
    ],
    breaks: ['the session or the service that uses this token'],
    usedIn: [
      'JWT_TOKEN, ACCESS_TOKEN, ID_TOKEN',
      'recorded requests, fixtures and HAR files',
      'Postman and Insomnia collections',
    ],
    practices: ['Keep lifetimes short, and renew.', 'Let tests sign a token with a key that they make themselves.'],
    gotchas: ['Changing the password does not end a token that is checked by its signature alone.'],
    links: [
      { id: 'claims', title: 'Claims', url: 'https://www.rfc-editor.org/rfc/rfc7519#section-4.1' },
      { id: 'revocation', title: 'Token revocation', url: 'https://www.rfc-editor.org/rfc/rfc7009' },
      { id: 'practices', title: 'Best current practices', url: 'https://www.rfc-editor.org/rfc/rfc8725' },
      {
        id: 'bearer',
        title: 'Bearer tokens: invalid_token',
        url: 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1',
      },
    ],
  },
} satisfies Detector;
