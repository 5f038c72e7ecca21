import { describe, expect, it } from '@jest/globals';
import { createClientInstrumentations, createPeerNaming } from './client-spans.js';

describe('createPeerNaming', () => {
  it('names a peer by its origin, and any other host by itself', () => {
    const nameOf = createPeerNaming({ peers: { 'http://127.0.0.1:3001/': 'notifier' }, environment: {} });

    expect(nameOf('http://127.0.0.1:3001', '/notifications')).toEqual({
      'peer.service': 'notifier',
      'url.full': 'http://127.0.0.1:3001/notifications',
    });
    expect(nameOf('http://[::1]:8080', '/')).toMatchObject({ 'peer.service': '[::1]' });
    expect(nameOf('https://api.example.com:8443', '/')).toMatchObject({ 'peer.service': 'api.example.com' });
    expect(nameOf('https://api.example.com', '/v1?key=1')).toEqual({
      'peer.service': 'api.example.com',
      'url.full': 'https://api.example.com/v1',
    });
  });

  it.each([
    [{ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials/secret-id' }, 'http://169.254.170.2'],
    [
      { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:4566/v2/credentials/secret-id' },
      'http://127.0.0.1:4566',
    ],
  ])('gives the credentials endpoint one name and hides the id (%j)', (environment, origin) => {
    const nameOf = createPeerNaming({ peers: {}, environment });

    expect(nameOf(origin, '/v2/credentials/secret-id')).toEqual({
      'peer.service': 'ecs-credentials-endpoint',
      'url.full': `${origin}/v2/credentials/redacted`,
    });
  });
});

describe('createClientInstrumentations', () => {
  it('knows the credentials endpoint of ECS by the request that the AWS SDK makes, whose port is 0', () => {
    const [http] = createClientInstrumentations({
      peers: {},
      environment: { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials/secret-id' },
    });
    const request = {
      protocol: 'http:',
      host: '169.254.170.2',
      port: 0,
      path: '/v2/credentials/secret-id',
      method: 'GET',
    };

    expect(http.getConfig().startOutgoingSpanHook?.(request)).toEqual({
      'peer.service': 'ecs-credentials-endpoint',
      'url.full': 'http://169.254.170.2/v2/credentials/redacted',
    });
  });
});
