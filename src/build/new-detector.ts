import { existsSync, writeFileSync } from 'node:fs';

/*
 * `npm run new-detector -- NAME`: writes detectors/NAME.ts with every field to fill in. What it writes compiles, and its
 * tests fail until the facts are there: a half-done detector cannot ship.
 */

const [name = ''] = process.argv.slice(2);
const file = `detectors/${name}.ts`;

if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
  process.stderr.write('Name the provider in lower case with dashes: npm run new-detector -- acme-mail\n');
  process.exitCode = 2;
} else if (existsSync(file)) {
  process.stderr.write(`${file} is there already.\n`);
  process.exitCode = 2;
} else {
  writeFileSync(file, template(name));
  process.stdout.write(
    `Wrote ${file}. Fill it in, then: npm test -- -t ${name}   (docs/adding-a-detector.md says how)\n`,
  );
}

function template(id: string): string {
  const title = id.replace(/(?:^|-)(\w)/g, (_, letter: string) => ` ${letter.toUpperCase()}`).trim();
  const env = `${id.toUpperCase().replaceAll('-', '_')}_API_KEY`;
  return `import type { Detector } from '../src/detect/detector.js';

export default {
  provider: '${title}',
  category: 'other',
  about: '',
  docs: 'https://',
  hosts: [],
  formats: [
    {
      id: '${id}-api-key',
      name: '${title} API key',
      severity: 'high',
      // Where the shape is known from.
      pattern: /${id}_[A-Za-z0-9]{32}/,
      keywords: ['${id}_'],
      minEntropy: 3.5,
      sample: '${id}_{{alnum:32}}',
    },
  ],
  examples: {
    find: ['${env}={{${id}-api-key}}'],
    ignore: ['apiKey: process.env.${env}', '${env}=${id}_xxxxxxxxxxxxxxxx'],
  },
  rotate: {
    url: 'https://',
    reviewed: '${new Date().toISOString().slice(0, 10)}',
    credentials: [
      {
        id: 'api-key',
        name: 'API key',
        formats: ['${id}-api-key'],
        isSecret: true,
        grants: '',
        lifetime: '',
        selfRevoke: 'console',
        strategy: 'overlap',
        overlap: '',
        env: '${env}',
        steps: [],
      },
    ],
    audit: [],
    risks: [],
    breaks: [],
    usedIn: [],
    practices: [],
    links: [],
  },
} satisfies Detector;
`;
}
