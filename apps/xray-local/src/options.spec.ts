import { describe, expect, it } from '@jest/globals';
import { HELP } from './help.js';
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
      XRAY_LOCAL_INDEXED_ATTRIBUTES: 'tenant,otel.resource.service.version',
      XRAY_LOCAL_INDEX_ALL_ATTRIBUTES: 'true',
    });

    expect(command).toMatchObject({
      options: {
        host: '0.0.0.0',
        port: 0,
        allowedHosts: ['xray-local', 'traces.example.com'],
        retentionMs: 300_000,
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

  it('names every value that cannot be', () => {
    const parse = () =>
      parseCommand(['--port', '70000'], { XRAY_LOCAL_MAX_TRACES: '0', XRAY_LOCAL_MAX_MIB: 'much' });

    expect(parse).toThrow(/XRAY_LOCAL_PORT/);
    expect(parse).toThrow(/XRAY_LOCAL_MAX_TRACES/);
    expect(parse).toThrow(/XRAY_LOCAL_MAX_MIB/);
  });

  it.each([['--prot'], ['extra'], ['--port']])('refuses %s', (arg) => {
    expect(() => parseCommand([arg], {})).toThrow(UsageError);
  });

  it('asks for help without looking at anything else', () => {
    expect(parseCommand(['--help'], { XRAY_LOCAL_PORT: 'x' })).toEqual({ kind: 'help' });
  });

  it('has every variable it reads in its help', () => {
    for (const name of [
      'HOST',
      'PORT',
      'OTLP_PORT',
      'ALLOWED_HOSTS',
      'MAX_TRACES',
      'MAX_MIB',
      'RETENTION_MIN',
    ]) {
      expect(HELP).toContain(`XRAY_LOCAL_${name}`);
    }
    expect(HELP).toMatch(/XRAY_LOCAL_INDEXED_ATTRIBUTES[^]*XRAY_LOCAL_INDEX_ALL_ATTRIBUTES/);
  });
});
