import type { Detector } from '../src/detect/detector.js';

// Between the BEGIN and END lines the patterns take base64 as people write it into code: with line ends or `\n`, indented,
// quoted and glued together. Two dots (an ellipsis), `<`, `[`, `{` and `_` are no part of a key. `KE[Y]` is a class so that
// the boundary before a match forbids letters alone and not what may stand in a key.
export default {
  provider: 'Private keys',
  aliases: [
    'private key',
    'pem',
    'ssh',
    'openssh',
    'tls',
    'ssl',
    'certificate',
    'pgp',
    'gpg',
    'putty',
    'jwk',
    'pkcs12',
    'keystore',
  ],
  category: 'encryption',
  about:
    'The secret halves of key pairs: they log in to servers, prove who a server is, sign software and tokens, decrypt mail.',
  docs: 'https://www.rfc-editor.org/rfc/rfc7468',
  hosts: [
    'rfc-editor.org',
    'letsencrypt.org',
    'man.openbsd.org',
    'gnupg.org',
    'docs.github.com',
    'eff-certbot.readthedocs.io',
  ],
  formats: [
    {
      id: 'private-key-pem',
      name: 'Private key (PEM)',
      severity: 'high',
      // RSA, EC, DSA and PKCS#8, in an address too. A key whose END line is missing counts when three full lines of it are there.
      pattern:
        /-----BEGIN(?: |\+|%20)(?!OPENSSH|ENCRYPTED|PGP|TSS2)(?:[A-Z0-9]{1,12}(?: |\+|%20)){0,2}PRIVATE(?: |\+|%20)KEY-----(?:(?:[A-Za-z0-9+/=\s\\"'`,;&#%*|()$@]|\.(?!\.)|-(?!-)){60,16000}-{5,6}END[A-Z0-9 +%]{0,40}KEY|(?:[\s"',\\]{1,8}[A-Za-z0-9+/]{40,76}){3,300})/,
      keywords: ['-----BEGIN'],
      minEntropy: 4,
      proof: 'pem-key',
      sample: '{{rsa-pem}}',
    },
    {
      id: 'private-key-pem-encrypted',
      name: 'Private key (PEM), encrypted',
      severity: 'medium',
      // PKCS#8 says so in its label, the older form in headers: https://www.rfc-editor.org/rfc/rfc1421#section-4.6
      pattern:
        /-----BEGIN (?:ENCRYPTED (?:[A-Z0-9]{1,12} )?PRIVATE KEY-----|[A-Z0-9]{1,12} PRIVATE KEY-----[\s\\nr"'+,.]{0,40}Proc-Type: ?4,ENCRYPTED[\s\\nr"'+,.]{0,40}DEK-Info: ?[A-Za-z0-9-]{1,40},[0-9A-Fa-f]{8,64})(?:[A-Za-z0-9+/=\s\\"'`,;&#%*|()$@]|\.(?!\.)|-(?!-)){60,16000}-{5,6}END [A-Z0-9 ]{0,30}PRIVATE KEY/,
      keywords: ['-----BEGIN'],
      minEntropy: 4,
      proof: 'pem-key',
      sample: '{{pkcs8-encrypted-pem}}',
    },
    {
      id: 'private-key-openssh',
      name: 'OpenSSH private key',
      severity: 'high',
      // "openssh-key-v1", then the cipher: "none" is BG5vbmU. https://man.openbsd.org/ssh-keygen
      pattern:
        /-----BEGIN OPENSSH PRIVATE KE[Y]-----(?:[^A-Za-z0-9-]|(?<=\\)[nr]){1,80}b3BlbnNzaC1rZXktdjEAAAAABG5vbmU(?:[A-Za-z0-9+/=\s\\"'`,;&#%*|()$@]|\.(?!\.)|-(?!-)){200,16000}-{5,6}END OPENSSH PRIVATE KEY/,
      keywords: ['-----BEGIN OPENSSH'],
      minEntropy: 4,
      proof: 'pem-key',
      sample: '{{openssh}}',
    },
    {
      id: 'private-key-openssh-encrypted',
      name: 'OpenSSH private key, encrypted',
      severity: 'medium',
      pattern:
        /-----BEGIN OPENSSH PRIVATE KE[Y]-----(?:[^A-Za-z0-9-]|(?<=\\)[nr]){1,80}b3BlbnNzaC1rZXktdjEAAAAA(?!BG5vbmU)(?:[A-Za-z0-9+/=\s\\"'`,;&#%*|()$@]|\.(?!\.)|-(?!-)){200,16000}-{5,6}END OPENSSH PRIVATE KEY/,
      keywords: ['-----BEGIN OPENSSH'],
      minEntropy: 4,
      proof: 'pem-key',
      sample: '{{openssh-encrypted}}',
    },
    {
      id: 'private-key-pgp',
      name: 'PGP private key',
      severity: 'high',
      // Whether a passphrase protects it cannot be read off the armour: https://www.rfc-editor.org/rfc/rfc9580#section-6.2
      pattern:
        /-----BEGIN PGP PRIVATE KE[Y] BLOCK-----(?:[A-Za-z0-9+/=\s\\"'`,;:&#%*|()$@_]|\.(?!\.)|-(?!--)){200,29000}-{5,6}END PGP PRIVATE KEY BLOCK/,
      keywords: ['-----BEGIN PGP PRIVATE'],
      minEntropy: 4,
      proof: 'pem-key',
      sample: '{{pgp-private}}',
    },
    {
      id: 'private-key-putty',
      name: 'PuTTY private key',
      severity: 'high',
      // The comment that PuTTY writes holds the word "key", so the private lines alone are the secret.
      pattern:
        /PuTTY-User-Key-File-[23]: [a-z0-9@.-]{5,60}(?:[^A-Za-z0-9@.-]|(?<=\\)[nr]){1,60}Encryption: none(?:[^P]|P(?!uTTY|rivate-L)){1,6000}Private-Lines: [0-9]{1,3}(?:[^A-Za-z0-9+/]|(?<=\\)[nr]){1,60}(?<secret>[A-Za-z0-9+/]{20}(?:[^P]|P(?!uTTY|rivate-M)){20,8000})Private-MAC: [0-9a-f]{40,64}/,
      keywords: ['PuTTY-User-Key-File-'],
      minEntropy: 4,
      sample: '{{putty}}',
    },
    {
      id: 'private-key-putty-encrypted',
      name: 'PuTTY private key, encrypted',
      severity: 'medium',
      pattern:
        /PuTTY-User-Key-File-[23]: [a-z0-9@.-]{5,60}(?:[^A-Za-z0-9@.-]|(?<=\\)[nr]){1,60}Encryption: aes256-cbc(?:[^P]|P(?!uTTY|rivate-L)){1,6000}Private-Lines: [0-9]{1,3}(?:[^A-Za-z0-9+/]|(?<=\\)[nr]){1,60}(?<secret>[A-Za-z0-9+/]{20}(?:[^P]|P(?!uTTY|rivate-M)){20,8000})Private-MAC: [0-9a-f]{40,64}/,
      keywords: ['PuTTY-User-Key-File-'],
      minEntropy: 4,
      sample:
        'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: aes256-cbc\nComment: laptop\nPublic-Lines: 2\n{{base64:64}}\n{{base64:4}}\nPrivate-Lines: 1\n{{base64:64}}\nPrivate-MAC: {{hex:64}}\n',
    },
    {
      id: 'private-key-ssh2',
      name: 'SSH2 private key (SSH Tectia)',
      severity: 'high',
      // The armour of RFC 4716, headers, and base64 of the magic number 3F6FF9EB. It says ENCRYPTED also where the cipher is
      // "none", and which it is stands where lines break.
      pattern:
        /----(?: |\+|%20)BEGIN(?: |\+|%20)SSH2(?: |\+|%20)(?:ENCRYPTED(?: |\+|%20))?PRIVATE(?: |\+|%20)KEY(?:[^P]|P(?!2(?:\/|%2F)56w)){2,900}P2(?:\/|%2F)56w(?:[A-Za-z0-9+/=\s\\"'`,;&#%*|()$@]|\.(?!\.)|-(?!-)){200,16000}-{4}(?: |\+|%20)END/,
      keywords: ['---- BEGIN SSH2', '----+BEGIN+SSH2', '----%20BEGIN%20SSH2'],
      minEntropy: 4,
      sample: '{{ssh2}}',
    },
    {
      id: 'private-key-jwk',
      name: 'JSON Web Key, private',
      severity: 'high',
      // A member `d` (or `k`, for a shared secret) makes it private: https://www.rfc-editor.org/rfc/rfc7518#section-6
      pattern:
        /[{](?=[^{}]{0,9000}(?<![A-Za-z0-9_])kty\\{0,7}["']?\s{0,4}:\s{0,4}\\{0,7}["'](?:RSA|EC|OKP|oct))(?=[^{}]{0,9000}(?<![A-Za-z0-9_])[dk]\\{0,7}["']?\s{0,4}:\s{0,4}\\{0,7}["'](?<secret>[A-Za-z0-9_-]{40,1500}))[^{}]{60,12000}/,
      keywords: ['kty"', "kty'", 'kty:', 'kty\\'],
      minEntropy: 4,
      sample: '{{jwk-rsa}}',
    },
    {
      id: 'private-key-base64-pem',
      name: 'Private key (PEM) in base64',
      severity: 'high',
      // "-----BEGIN ", then "PRIVATE KEY" in one of the three ways in which base64 can fall on it.
      pattern:
        /LS0tLS1CRUdJTi(?=[A-Za-z0-9+/]{0,30}(?:UFJJVkFURSBLRV|SVZBVEUgS0VZ|UklWQVRFIEtFW))[A-Za-z0-9+/]{40,24000}(?:\s{1,20}[A-Za-z0-9+/]{40,76}){0,600}={0,2}/,
      keywords: ['LS0tLS1CRUdJTi'],
      minEntropy: 4.5,
      proof: 'pem-key',
      sample: '{{base64-pem}}',
    },
    {
      id: 'private-key-keystore',
      name: 'PKCS#12 or Java keystore in base64',
      severity: 'medium',
      // PKCS#12: version 3 and a data object (RFC 7292). JKS: its magic FEEDFEED, version 2, and a private key first.
      pattern:
        /(?:MII[A-Za-z0-9+/]{2}[AQgw]IBAzCC[A-Za-z0-9+/]{3}GCSqGSIb3DQEHAaC|\/u3\+7QAAAAIAAA[A-Za-z0-9+/]AAAAAQ)[A-Za-z0-9+/]{20,24000}(?:\s{1,20}[A-Za-z0-9+/]{40,76}){0,600}={0,2}/,
      keywords: ['GCSqGSIb3DQEHAaC', '/u3+7QAAAAIAAA'],
      minEntropy: 4.5,
      sample: 'MIIKlwIBAzCCCl0GCSqGSIb3DQEHAaCC{{base64:1200}}',
    },
  ],
  examples: {
    find: [
      '{{private-key-pem}}',
      '{"private_key": "{{private-key-base64-pem}}"}',
      'ssh-ed25519 key for deploy\n{{private-key-openssh}}\n',
      '<KeyPair>\r\n{{private-key-pem}}</KeyPair>\r\n',
      '{{private-key-ssh2}}',
      'apiVersion: v1\nkind: Secret\ndata:\n  tls.key: {{private-key-base64-pem}}\n',
      'ANDROID_KEYSTORE_BASE64={{private-key-keystore}}',
      '{"keys":[{{private-key-jwk}}]}',
      '{"jwk":{{private-key-jwk}}}',
    ],
    ignore: [
      '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
      '"private_key": "-----BEGIN PRIVATE KEY-----\\n...\\n-----END PRIVATE KEY-----\\n"',
      '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA...\n-----END RSA PRIVATE KEY-----',
      '-----BEGIN RSA PRIVATE KEY-----\n<your private key, as the console showed it when you created it>\n-----END RSA PRIVATE KEY-----',
      'if (!pem.startsWith("-----BEGIN RSA PRIVATE KEY-----")) throw new Error("not a key"); // ends with -----END RSA PRIVATE KEY-----',
      '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: "..."\nP2/56w...\n---- END SSH2 ENCRYPTED PRIVATE KEY ----',
      '---- BEGIN SSH2 PUBLIC KEY ----\nComment: "2048-bit RSA"\nAAAAB3NzaC1yc2EAAAADAQABAAABAQ\n---- END SSH2 PUBLIC KEY ----',
      '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----',
      '-----BEGIN CERTIFICATE-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END CERTIFICATE-----',
      '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEZQ\n-----END PGP PUBLIC KEY BLOCK-----',
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI ana@laptop',
      '{"kty":"EC","crv":"P-256","x":"gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0","y":"SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps"}',
    ],
  },
  rotate: {
    url: 'https://letsencrypt.org/docs/revoking/',
    reviewed: '2026-11-22',
    credentials: [
      {
        id: 'tls',
        name: 'Key of a certificate or of a signing service',
        formats: ['private-key-pem', 'private-key-base64-pem', 'private-key-jwk'],
        isSecret: true,
        grants: 'Pose as the server or the signer that the certificate or the published public key names.',
        lifetime: 'that of the certificate; a bare key does not expire',
        selfRevoke: 'token-only',
        strategy: 'overlap',
        overlap: 'as long as you like: deploy the new certificate before the old one is revoked',
        env: 'PRIVATE_KEY',
        steps: [
          {
            phase: 'create',
            do: 'Make a new key and have a certificate issued for it',
            note: 'A renewal that reuses the key does not help. For a signing key, publish the new public key first.',
            docs: 'le',
          },
          { phase: 'deploy', do: 'Deploy the new key and certificate and reload the servers', docs: 'le' },
          {
            phase: 'revoke',
            do: 'Have the old certificate revoked for key compromise',
            run: 'certbot revoke --cert-path <CERT> --key-path <KEY> --reason keycompromise',
            note: 'Other issuers: their console. A signing key: take its public half off the JWKS and all lists of trusted keys.',
            danger: 'irreversible',
            docs: 'le',
          },
          {
            phase: 'prove',
            do: 'See that the servers show the new certificate',
            run: 'openssl s_client -connect <HOST>:443 -servername <HOST>',
            note: 'Not every client looks at revocation lists, so what counts is that the old certificate is nowhere in use.',
            docs: 'le',
          },
        ],
      },
      {
        id: 'ssh',
        name: 'SSH key',
        formats: ['private-key-openssh', 'private-key-putty', 'private-key-ssh2'],
        isSecret: true,
        grants: 'Log in wherever its public half stands in authorized_keys, and push to Git hosts that know it.',
        lifetime: 'does not expire',
        selfRevoke: 'admin-api',
        strategy: 'overlap',
        overlap: 'as long as you like: a server can trust both',
        env: 'SSH_PRIVATE_KEY',
        url: 'https://man.openbsd.org/ssh-keygen',
        steps: [
          {
            phase: 'create',
            do: 'Make a new key with a passphrase',
            run: 'ssh-keygen -t ed25519 -f <NEW_KEY>',
            docs: 'keygen',
          },
          { phase: 'deploy', do: 'Add the new public key to each server and Git host', docs: 'sshd' },
          {
            phase: 'revoke',
            do: 'Take the old public key out of authorized_keys everywhere',
            run: 'ssh-keygen -y -f <OLD_KEY>',
            note: 'The command prints the line to look for. Git hosts list it under SSH keys and under deploy keys. RevokedKeys in sshd_config refuses it at once.',
            danger: 'breaks-clients',
            docs: 'revoked',
          },
          {
            phase: 'prove',
            do: 'See that the old key is refused: Permission denied (publickey)',
            run: 'ssh -i <OLD_KEY> -o IdentitiesOnly=yes <USER>@<HOST>',
            docs: 'sshd',
          },
          {
            phase: 'check',
            do: 'Look for logins with its fingerprint',
            run: 'ssh-keygen -lf <OLD_KEY>',
            docs: 'keygen',
          },
        ],
      },
      {
        id: 'pgp',
        name: 'PGP key',
        formats: ['private-key-pgp'],
        isSecret: true,
        grants:
          'Sign software, commits and mail in your name, and read what was encrypted to you, now and in the past.',
        lifetime: 'set by you; its expiry can be moved by whoever holds it',
        selfRevoke: 'token-only',
        strategy: 'overlap',
        overlap: 'as long as you like: people can trust both',
        env: 'PGP_PRIVATE_KEY',
        url: 'https://www.gnupg.org/gph/en/manual/c235.html',
        steps: [
          {
            phase: 'create',
            do: 'Make a new key and tell people its fingerprint',
            run: 'gpg --full-generate-key',
            docs: 'gpg',
          },
          {
            phase: 'revoke',
            do: 'Make a revocation certificate and publish the revoked key',
            run: 'gpg --output revoke.asc --gen-revoke <KEY_ID> && gpg --import revoke.asc && gpg --send-keys <KEY_ID>',
            note: 'Reason 1: the key has been compromised. Upload the revoked public key to Git hosts as well.',
            danger: 'irreversible',
            docs: 'gpg',
          },
          {
            phase: 'prove',
            do: 'See that it is listed as revoked',
            run: 'gpg --recv-keys <KEY_ID> && gpg --list-keys <KEY_ID>',
            docs: 'gpg',
          },
        ],
      },
      {
        id: 'encrypted',
        name: 'Key behind a passphrase',
        formats: [
          'private-key-pem-encrypted',
          'private-key-openssh-encrypted',
          'private-key-putty-encrypted',
          'private-key-keystore',
        ],
        isSecret: true,
        grants: 'What the key grants, to whoever guesses the passphrase; that can be tried offline and without limit.',
        lifetime: 'that of the key',
        selfRevoke: 'token-only',
        strategy: 'overlap',
        overlap: 'as long as you like: make and deploy the new key first',
        env: 'ENCRYPTED_PRIVATE_KEY',
        steps: [
          { phase: 'create', do: 'Make a new key with a new passphrase and deploy it', docs: 'keygen' },
          {
            phase: 'revoke',
            do: 'Revoke the certificate, or take the public key off all servers',
            note: 'A new passphrase does not help: the copy that leaked keeps the old one. Look whether the passphrase leaked too.',
            danger: 'breaks-clients',
            docs: 'le',
          },
          {
            phase: 'prove',
            do: 'See that nothing accepts the old key',
            note: 'As for a key without a passphrase.',
            docs: 'sshd',
          },
        ],
      },
    ],
    audit: [
      {
        kind: 'own-logs',
        title: 'Logins with the fingerprint of an SSH key',
        where: 'journalctl -u ssh, or /var/log/auth.log',
        lookFor: ['Accepted publickey from addresses you do not know'],
      },
      {
        kind: 'none',
        title: 'The use of a stolen TLS, signing or PGP key leaves no trace with you',
        lookFor: [],
      },
    ],
    risks: [
      'Servers are entered without a password, with all rights of the account.',
      'Traffic is read or changed by someone who poses as your server.',
      'Software, tokens or commits are signed in your name.',
    ],
    breaks: [
      'logins, deployments and clones that use the key',
      'servers that present the old certificate',
      'tokens signed with the key',
    ],
    usedIn: [
      '*.pem, *.key, *.ppk, *.p12, *.pfx, *.jks',
      'id_rsa, id_ed25519, ~/.ssh',
      'PRIVATE_KEY, SSH_PRIVATE_KEY, JWT_PRIVATE_KEY',
      'tls.key in Kubernetes secrets',
    ],
    practices: [
      'Let keys be born where they are used: on the server, in the CI vault, on a hardware token.',
      'Give tests a key that the test makes itself.',
    ],
    gotchas: ['A key in a test folder is harmless only if no server ever trusted it: look before you allow it.'],
    links: [
      { id: 'le', title: 'Revoking certificates', url: 'https://letsencrypt.org/docs/revoking/' },
      { id: 'keygen', title: 'ssh-keygen', url: 'https://man.openbsd.org/ssh-keygen' },
      { id: 'sshd', title: 'authorized_keys', url: 'https://man.openbsd.org/sshd' },
      { id: 'revoked', title: 'RevokedKeys', url: 'https://man.openbsd.org/sshd_config' },
      { id: 'gpg', title: 'Key management', url: 'https://www.gnupg.org/gph/en/manual/c235.html' },
    ],
  },
} satisfies Detector;
