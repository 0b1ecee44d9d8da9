/** The ways in which people write a credential down: each gives a text in which `value` stands under `name`. */
export interface Syntax {
  readonly label: string;
  /** `name` is an environment variable's name, such as `LINE_CHANNEL_SECRET`. */
  readonly write: (name: string, value: string) => string;
}

/** Inside quotes, a value of several lines stands with `\n` in it. */
const quoted = (value: string): string => JSON.stringify(value).slice(1, -1);
const camel = (name: string): string =>
  name.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const pascal = (name: string): string => camel(name).replace(/^\w/, (letter) => letter.toUpperCase());
const kebab = (name: string): string => name.toLowerCase().replaceAll('_', '-');
const dotted = (name: string): string => name.toLowerCase().replaceAll('_', '.');
const indented = (value: string): string => value.replaceAll('\n', '\n    ');

const hex = (char: string): string => char.charCodeAt(0).toString(16).toUpperCase();

export const syntaxes: readonly Syntax[] = [
  {
    label: '.env',
    write: (name, value) => `PORT=8080\n${name}=${value.includes('\n') ? `"${quoted(value)}"` : value}\nDEBUG=0\n`,
  },
  { label: 'shell export', write: (name, value) => `#!/bin/sh\nexport ${name}="${value}"\n` },
  { label: 'shell option', write: (name, value) => `deploy --region eu --${kebab(name)} '${value}' --verbose\n` },
  { label: 'JSON', write: (name, value) => `{\n  "port": 8080,\n  "${camel(name)}": "${quoted(value)}"\n}\n` },
  { label: 'JSON on one line', write: (name, value) => `{"a":1,"${name.toLowerCase()}":"${quoted(value)}","b":[]}` },
  {
    label: 'YAML',
    write: (name, value) =>
      `app:\n  ${name.toLowerCase()}: ${value.includes('\n') ? `|\n    ${indented(value)}` : value}\n`,
  },
  { label: 'Kubernetes', write: (name, value) => `env:\n  - name: ${name}\n    value: "${quoted(value)}"\n` },
  { label: 'TOML', write: (name, value) => `[service]\n${name.toLowerCase()} = "${quoted(value)}"\n` },
  { label: 'properties', write: (name, value) => `${dotted(name)}=${quoted(value)}\r\nserver.port=8080\r\n` },
  {
    label: 'XML element',
    write: (name, value) => `<config>\n  <${camel(name)}>${value}</${camel(name)}>\n</config>\n`,
  },
  { label: 'XML attribute', write: (name, value) => `<add key="${pascal(name)}" value="${quoted(value)}" />\n` },
  {
    label: 'header',
    write: (name, value) => `curl -sS -H "X-${kebab(name)}: ${quoted(value)}" https://service.test/v1\n`,
  },
  {
    label: 'URL',
    write: (name, value) => `https://service.test/v1/items?${name.toLowerCase()}=${quoted(value)}&page=2\n`,
  },
  { label: 'JavaScript', write: (name, value) => `const ${camel(name)} = '${quoted(value)}';\n` },
  { label: 'TypeScript', write: (name, value) => `  private readonly ${camel(name)}: string = "${quoted(value)}";\n` },
  { label: 'Python', write: (name, value) => `${name.toLowerCase()} = "${quoted(value)}"\n` },
  { label: 'Python dictionary', write: (name, value) => `os.environ['${name}'] = '${quoted(value)}'\n` },
  { label: 'Go', write: (name, value) => `\t${camel(name)} := "${quoted(value)}"\n` },
  { label: 'Java', write: (name, value) => `  static final String ${name} = "${quoted(value)}";\n` },
  { label: 'Ruby', write: (name, value) => `config.${name.toLowerCase()} = '${quoted(value)}'\n` },
  { label: 'C#', write: (name, value) => `var ${pascal(name)} = @"${quoted(value)}";\n` },
  { label: 'PHP', write: (name, value) => `define('${name}', '${quoted(value)}');\n` },
  { label: 'C call', write: (name, value) => `  setenv("${name}", "${quoted(value)}", 1);\n` },
  { label: 'Dockerfile', write: (name, value) => `FROM scratch\nENV ${name}=${quoted(value)}\n` },
  { label: 'Dockerfile, old form', write: (name, value) => `FROM scratch\nENV ${name} ${quoted(value)}\n` },
  {
    label: 'Terraform',
    write: (name, value) => `variable "${name.toLowerCase()}" {\n  default = "${quoted(value)}"\n}\n`,
  },
  {
    label: 'notebook',
    write: (name, value) =>
      `{"cells":[{"source":["import os\\n", ${JSON.stringify(`${name.toLowerCase()} = "${quoted(value)}"\n`)}]}]}\n`,
  },
  { label: 'Markdown', write: (name, value) => `Set \`${name}=${quoted(value)}\` and start it.\n` },
  { label: 'shell default', write: (name, value) => `KEY=\${${name}:-${quoted(value)}}\n` },
  { label: 'Compose list', write: (name, value) => `environment:\n  - ${name}=${quoted(value)}\n` },
  { label: 'PowerShell', write: (name, value) => `$env:${name} = "${quoted(value)}"\r\n` },
  { label: 'property list', write: (name, value) => `<key>${name}</key>\n<string>${value}</string>\n` },
  { label: 'JSON pair', write: (name, value) => `[{"name": "${name}", "value": "${quoted(value)}"}]\n` },
  { label: 'JSON pair, value first', write: (name, value) => `{ "value": "${quoted(value)}", "name": "${name}" }\n` },
  {
    label: 'JSON pair, apart',
    write: (name, value) =>
      `[\n  {\n    "key": "${name}",\n    "type": "secret",\n    "value": "${quoted(value)}"\n  }\n]\n`,
  },
  {
    label: 'Terraform, with a type',
    write: (name, value) => `variable "${name.toLowerCase()}" {\n  type = string\n  default = "${quoted(value)}"\n}\n`,
  },
  {
    label: 'default of an option',
    write: (name, value) => `parser.add_argument('--${kebab(name)}', type=str, default='${quoted(value)}')\n`,
  },
  {
    label: 'list of arguments',
    write: (name, value) => `args:\n  - --${kebab(name)}\n  - "${quoted(value)}"\n`,
  },
  { label: 'C# property', write: (name, value) => `public string ${pascal(name)} { get; } = "${quoted(value)}";\n` },
  {
    label: 'YAML, on the next line',
    write: (name, value) => `app:\n  ${name.toLowerCase()}: >-\n    ${indented(value)}\n`,
  },
  { label: 'wrapped by a formatter', write: (name, value) => `const ${camel(name)} =\n  '${quoted(value)}';\n` },
  { label: 'Rust', write: (name, value) => `pub const ${name}: &'static str = "${quoted(value)}";\n` },
  { label: 'printed into a tool', write: (name, value) => `echo "${quoted(value)}" | tool secret put ${name}\n` },
  { label: 'fallback', write: (name, value) => `const key = process.env.${name} ?? '${quoted(value)}';\n` },
  { label: 'form', write: (name, value) => `${name.toLowerCase()}%3D${quoted(value)}%26page%3D2\n` },
  { label: 'HTML', write: (name, value) => `<code>${name}=&quot;${quoted(value)}&quot;</code>\n` },
  { label: 'typographic quotes', write: (name, value) => `Set ${name} = \u201c${quoted(value)}\u201d\n` },
  {
    label: 'URL, escaped',
    write: (name, value) => `https://service.test/v1/items?${name.toLowerCase()}=${encodeURIComponent(value)}&page=2\n`,
  },
  {
    label: 'JSON of PHP',
    write: (name, value) => `{"port":8080,"${name.toLowerCase()}":"${quoted(value).replaceAll('/', '\\/')}"}\n`,
  },
  {
    label: 'JSON of .NET and Java',
    write: (name, value) =>
      `{\n  "${pascal(name)}": "${quoted(value).replace(/[+<>&'=]/g, (char) => `\\u${hex(char).padStart(4, '0')}`)}"\n}\n`,
  },
  {
    label: 'HTML, escaped',
    write: (name, value) =>
      `<code>${name}=${quoted(value).replace(/[/=&<>"']/g, (char) => `&#x${hex(char)};`)}</code>\n`,
  },
];
