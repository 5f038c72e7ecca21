import { describe, expect, it } from '@jest/globals';
import { HELP } from './help.js';
import { KNOWN_OPTIONS } from './known-options.js';
import { parseCommand, UsageError } from './options.js';

describe('parseCommand', () => {
  it('has defaults for everything', () => {
    expect(parseCommand([], {})).toEqual({
      kind: 'start',
      options: {
        host: '127.0.0.1',
        port: 2000,
        otlpPort: 4318,
        allowedHosts: [],
        maxTraces: 10_000,
        maxBytes: 256 * 1024 * 1024,
        retentionMs: 24 * 60 * 60 * 1000,
        indexedAttributes: [],
        indexAllAttributes: false,
      },
    });
  });

  it('reads the variables', () => {
    const command = parseCommand([], {
      XRAY_LOCAL_HOST: '0.0.0.0',
      XRAY_LOCAL_PORT: '0',
      XRAY_LOCAL_ALLOWED_HOSTS: 'xray-local, traces.example.com,',
      XRAY_LOCAL_RETENTION_MIN: '5',
      XRAY_LOCAL_DATA_DIR: '/var/lib/xray-local',
      XRAY_LOCAL_INDEXED_ATTRIBUTES: 'tenant,otel.resource.service.version',
      XRAY_LOCAL_INDEX_ALL_ATTRIBUTES: 'true',
    });

    expect(command).toMatchObject({
      options: {
        host: '0.0.0.0',
        port: 0,
        allowedHosts: ['xray-local', 'traces.example.com'],
        retentionMs: 300_000,
        dataDir: '/var/lib/xray-local',
        indexedAttributes: ['tenant', 'otel.resource.service.version'],
        indexAllAttributes: true,
      },
    });
  });

  it('takes a flag rather than its variable', () => {
    const variables = { XRAY_LOCAL_PORT: 'not a number', XRAY_LOCAL_OTLP_PORT: '1', XRAY_LOCAL_HOST: 'x' };

    const command = parseCommand(['--port', '2001', '--otlp-port=0', '--host', '::1'], variables);

    expect(command).toMatchObject({ options: { port: 2001, otlpPort: 0, host: '::1' } });
  });

  it('takes an empty flag for none, as an empty variable', () => {
    const command = parseCommand(['--host', '', '--data-dir='], { XRAY_LOCAL_HOST: '', XRAY_LOCAL_PORT: '' });

    expect(command).toEqual(parseCommand([], {}));
  });

  it('has a flag for every variable', () => {
    const args = ['--max-traces', '5', '--max-mib=2', '--retention-min', '1', '--data-dir', 'traces'];

    const command = parseCommand([...args, '--index-all-attributes'], { XRAY_LOCAL_MAX_TRACES: '7' });

    expect(command).toMatchObject({
      options: {
        maxTraces: 5,
        maxBytes: 2 * 1024 * 1024,
        retentionMs: 60_000,
        dataDir: 'traces',
        indexAllAttributes: true,
      },
    });
  });

  it('takes an empty variable as not set', () => {
    const command = parseCommand([], { XRAY_LOCAL_PORT: '', XRAY_LOCAL_DATA_DIR: '' });

    expect(command).toMatchObject({ options: { port: 2000 } });
    expect(command).not.toHaveProperty('options.dataDir');
  });

  it('names every value that cannot be', () => {
    const parse = () =>
      parseCommand(['--port', '70000'], {
        XRAY_LOCAL_MAX_TRACES: '0',
        XRAY_LOCAL_MAX_MIB: 'much',
        XRAY_LOCAL_INDEX_ALL_ATTRIBUTES: 'perhaps',
      });

    expect(parse).toThrow(/XRAY_LOCAL_PORT/);
    expect(parse).toThrow(/XRAY_LOCAL_MAX_TRACES/);
    expect(parse).toThrow(/XRAY_LOCAL_MAX_MIB/);
    expect(parse).toThrow(/XRAY_LOCAL_INDEX_ALL_ATTRIBUTES/);
  });

  it.each([['--prot'], ['extra'], ['--port']])('refuses %s', (arg) => {
    expect(() => parseCommand([arg], {})).toThrow(UsageError);
  });

  it('asks for help without looking at anything else', () => {
    expect(parseCommand(['--help'], { XRAY_LOCAL_PORT: 'x' })).toEqual({ kind: 'help' });
  });

  it('has every variable it reads in its help', () => {
    for (const { flag, variable } of Object.values(KNOWN_OPTIONS)) {
      expect(HELP).toMatch(new RegExp(`--${flag} .*${variable}\\n`));
    }
    expect(Math.max(...HELP.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
  });
});
