import type { ProofName } from '../detector.js';
import { provesAge } from './age.js';
import { provesAtlassian, provesBitbucketAppPassword, provesDataCenterToken } from './atlassian.js';
import { provesAwsAccount } from './aws.js';
import { provesCloudflare } from './cloudflare.js';
import { provesDiscord } from './discord.js';
import { provesGithub } from './github.js';
import { provesGitlab } from './gitlab.js';
import { provesGrafana } from './grafana.js';
import { provesJsonBase64 } from './json-base64.js';
import { provesJwt } from './jwt.js';
import { provesOpensshKey, provesPemKey } from './pem.js';
import type { Proof } from './proof.js';
import { provesPypi } from './pypi.js';
import { provesVercel } from './vercel.js';

/** Every offline check, by the name that a detector gives it. Pure, synchronous, linear in the value's length. */
export const proofs: Readonly<Record<ProofName, (value: string) => Proof>> = {
  'age-bech32': provesAge,
  'atlassian-crc32': provesAtlassian,
  'aws-account': provesAwsAccount,
  'bitbucket-app-password': provesBitbucketAppPassword,
  'cloudflare-crc32': provesCloudflare,
  'data-center-token': provesDataCenterToken,
  'discord-bot-id': provesDiscord,
  'github-crc32': provesGithub,
  'gitlab-routable': provesGitlab,
  'grafana-crc32': provesGrafana,
  'json-base64': provesJsonBase64,
  jwt: provesJwt,
  'openssh-key': provesOpensshKey,
  'pem-key': provesPemKey,
  'pypi-macaroon': provesPypi,
  'vercel-crc32': provesVercel,
};
