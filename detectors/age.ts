import type { Detector } from '../src/detect/detector.js';

export default {
  provider: 'age',
  aliases: ['age encryption', 'age-keygen', 'sops', 'agenix', 'chezmoi'],
  category: 'encryption',
  about: 'Identities of the file encryption tool age: each decrypts every file that was encrypted to its recipient.',
  docs: 'https://age-encryption.org/v1',
  hosts: ['age-encryption.org', 'github.com', 'getsops.io'],
  formats: [
    {
      id: 'age-identity',
      name: 'age identity (secret key)',
      severity: 'critical',
      // Bech32 in upper case, with a checksum. `-PQ-` marks the hybrid post-quantum identities, which are longer.
      pattern: /AGE-SECRET-KEY-(?:[A-Z]{1,8}-)?1[02-9AC-HJ-NP-Z]{58,2000}/,
      keywords: ['AGE-SECRET-KEY-'],
      minEntropy: 3.5,
      proof: 'age-bech32',
      sample: '{{age}}',
    },
  ],
  examples: {
    find: [
      '# created: 2026-01-01T00:00:00Z\n# public key: age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\n{{age-identity}}\n',
      'SOPS_AGE_KEY={{age-identity}} sops decrypt secrets.yaml',
      'kubectl create secret generic sops-age --from-literal=age.agekey={{age-identity}}',
    ],
    ignore: [
      'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
      'SOPS_AGE_KEY=AGE-SECRET-KEY-1XXX',
      'SOPS_AGE_KEY_FILE=~/.config/sops/age/keys.txt',
      '-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3YxCg==\n-----END AGE ENCRYPTED FILE-----',
    ],
  },
  rotate: {
    url: 'https://getsops.io/docs/usage/key-management/',
    reviewed: '2026-11-22',
    credentials: [
      {
        id: 'identity',
        name: 'Identity (secret key)',
        formats: ['age-identity'],
        isSecret: true,
        grants: 'Decrypt every file, old and new, that was encrypted to its recipient (age1…).',
        lifetime: 'does not expire',
        selfRevoke: 'impossible',
        strategy: 'overlap',
        overlap: 'as long as you like: a file can be encrypted to both recipients',
        env: 'SOPS_AGE_KEY',
        steps: [
          {
            phase: 'create',
            do: 'Make a new identity',
            run: 'age-keygen -o <NEW_KEY_FILE>',
            note: 'Keep the file out of the repository. The recipient, age1…, is public.',
            docs: 'age',
          },
          {
            phase: 'deploy',
            do: 'Give the new identity to everything that decrypts',
            note: 'Put the new recipient beside the old one in .sops.yaml meanwhile.',
            docs: 'sops-age',
          },
          {
            phase: 'revoke',
            do: 'Take the old recipient out and encrypt every file anew',
            run: 'sops updatekeys <FILE> && sops rotate -i <FILE>',
            note: 'Without SOPS: decrypt and encrypt again with age -r. The data key changes only with rotate.',
            danger: 'breaks-clients',
            docs: 'sops',
          },
          {
            phase: 'revoke',
            do: 'Rotate every secret that the files held',
            note: 'An identity cannot be revoked: old versions of the files, in Git history too, stay open to whoever has it.',
            danger: 'irreversible',
            docs: 'sops',
          },
          {
            phase: 'prove',
            do: 'See that the old identity no longer decrypts: no identity matched',
            run: 'SOPS_AGE_KEY_FILE=<OLD_KEY_FILE> sops decrypt <FILE>',
            docs: 'sops-age',
          },
        ],
      },
    ],
    audit: [
      {
        kind: 'none',
        title: 'Decryption happens offline: age leaves no log',
        lookFor: [],
      },
    ],
    risks: [
      'All secrets in the encrypted files are read, without a trace.',
      'Old versions in Git history are read as well, however often the files were encrypted since.',
    ],
    breaks: ['deployments and machines that still hold only the old identity'],
    usedIn: ['SOPS_AGE_KEY', '~/.config/sops/age/keys.txt', 'key.txt, *.agekey', 'sops-age secrets of Flux'],
    practices: [
      'Give each machine and each person an identity of its own.',
      'Protect the file with a passphrase (age -p), or keep the identity on a hardware token through a plugin.',
    ],
    links: [
      { id: 'age', title: 'age', url: 'https://github.com/FiloSottile/age' },
      { id: 'sops', title: 'Key management', url: 'https://getsops.io/docs/usage/key-management/' },
      { id: 'sops-age', title: 'SOPS and age', url: 'https://getsops.io/docs/usage/identities/age/' },
    ],
  },
} satisfies Detector;
