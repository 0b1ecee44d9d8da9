// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of other languages
import { expect, test } from '@jest/globals';
import { toFix } from '../../src/report/fix-line.js';

test.each([
  ['src/bot.ts', 'use process.env.API_KEY instead'],
  ['a.vue', 'use process.env.API_KEY instead'],
  ['a.PY', 'use os.environ["API_KEY"] instead'],
  ['a.go', 'use os.Getenv("API_KEY") instead'],
  ['A.java', 'use System.getenv("API_KEY") instead'],
  ['a.rb', 'use ENV.fetch("API_KEY") instead'],
  ['Gemfile', 'use ENV.fetch("API_KEY") instead'],
  ['A.cs', 'use Environment.GetEnvironmentVariable("API_KEY") instead'],
  ['a.php', "use getenv('API_KEY') instead"],
  ['a.rs', 'use std::env::var("API_KEY") instead'],
  ['A.kt', 'use System.getenv("API_KEY") instead'],
  ['a.swift', 'use ProcessInfo.processInfo.environment["API_KEY"] instead'],
  ['a.sh', 'use "$API_KEY" instead'],
  ['a.ps1', 'use $env:API_KEY instead'],
  ['Makefile', 'use $(API_KEY) instead'],
  ['docker-compose.yml', 'use ${API_KEY} instead'],
  ['.github/workflows/ci.yml', 'use ${{ secrets.API_KEY }} instead'],
  ['action.yml', 'use ${{ inputs.api_key }} instead'],
  ['.gitlab-ci.yml', 'use $API_KEY instead'],
  ['azure-pipelines.yml', 'use $(API_KEY) instead'],
  ['Jenkinsfile', "use credentials('API_KEY') instead"],
  ['deploy/k8s/bot.yaml', 'use a secretKeyRef with key API_KEY instead'],
  ['Dockerfile', 'pass it as a build secret, RUN --mount=type=secret,id=API_KEY'],
  ['api.Dockerfile', 'pass it as a build secret, RUN --mount=type=secret,id=API_KEY'],
  ['main.tf', 'use var.api_key instead'],
  ['prod.tfvars', 'take it out and set TF_VAR_api_key when you run terraform'],
  ['.npmrc', 'use ${API_KEY} instead'],
  ['application.properties', 'use ${API_KEY} instead'],
  ['pom.xml', 'use ${env.API_KEY} instead'],
  ['config.json', 'take it out; read API_KEY from the environment where this file is loaded'],
  ['a.toml', 'take it out; read API_KEY from the environment where this file is loaded'],
  ['nb.ipynb', 'use os.environ["API_KEY"] instead, clear the output'],
  ['README.md', 'put a placeholder such as <API_KEY> in its place'],
  ['.env.example', 'put a placeholder in its place'],
  ['unknown', 'read it from the environment variable API_KEY instead'],
  ['a.constructor', 'read it from the environment variable API_KEY instead'],
])('in %s: %s', (path, use) => {
  expect(toFix(path, 'API_KEY')).toEqual({ use, isUntracked: false });
});

test.each([
  '.env',
  'app/.env.production',
  'prod.env',
  'certs/server.key',
  'id_ed25519',
  'a/.netrc',
  'x.p12',
  'out.log',
])('%s has no place in git', (path) => {
  const fix = toFix(path, 'API_KEY');

  expect(fix.isUntracked).toBe(true);
  expect(fix.use).toMatch(/^keep this (key )?file out of git/);
});

test('a variable with an x in its name stays whole', () => {
  expect(toFix('a.ts', 'DB_X_KEY').use).toBe('use process.env.DB_X_KEY instead');
});
