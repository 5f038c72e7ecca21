// @ts-check
import { runCommand } from './run-command.mjs';

const BASE_IMAGE = 'node:24-bookworm-slim';
const BYTES_PER_MB = 1e6;

/**
 * What docs/performance.md says of each container: the size of its image, how long from its start until it was healthy,
 * and the memory that it holds, of which the engine's own number leaves out the file cache.
 *
 * @param {readonly string[]} compose the arguments of docker that name the stack
 */
export async function measureContainers(compose) {
  const baseBytes = await imageBytes(BASE_IMAGE);
  const ids = (await runCommand('docker', [...compose, 'ps', '--quiet'])).split('\n');
  const rows = await Promise.all(ids.map((id) => measure(id, baseBytes)));
  return rows.toSorted((a, b) => (a.service < b.service ? -1 : 1));
}

/**
 * @param {string} id
 * @param {number} baseBytes
 */
async function measure(id, baseBytes) {
  const [container] = JSON.parse(await runCommand('docker', ['inspect', id]));
  const memory = await runCommand('docker', ['stats', '--no-stream', '--format', '{{.MemUsage}}', id]);
  const image = container.Config.Image;
  const bytes = await imageBytes(image);
  const firstHealthy = container.State.Health.Log.find(
    (/** @type {{ ExitCode: number }} */ { ExitCode }) => ExitCode === 0,
  );
  return {
    service: container.Config.Labels['com.docker.compose.service'],
    imageMb: Math.round(bytes / BYTES_PER_MB),
    aboveBaseMb: image.includes('signup-lab/') ? Math.round((bytes - baseBytes) / BYTES_PER_MB) : undefined,
    healthySec:
      firstHealthy && Math.round((toMs(firstHealthy.End) - toMs(container.State.StartedAt)) / 100) / 10,
    memory: memory.split(' / ')[0],
  };
}

/** @param {string} image */
async function imageBytes(image) {
  return Number(await runCommand('docker', ['image', 'inspect', '--format', '{{.Size}}', image]));
}

/**
 * Docker writes `2026-11-23T10:00:00.123456789Z` and `2026-11-23 10:00:00.123456789 +0000 UTC`, by its version.
 *
 * @param {string} text
 */
function toMs(text) {
  const [day = '', time = ''] = text.split(/[T ]/);
  return Date.parse(`${day}T${time.replace(/(\.\d{3})\d*/, '$1').replace(/[Z+].*$/, '')}Z`);
}
