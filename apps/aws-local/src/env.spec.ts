import { describe, expect, it } from '@jest/globals';
import { loadEnv } from '#config';
import { awsLocalEnvSchema, toTasks } from './env.js';

describe('the environment of aws-local', () => {
  it('needs nothing, and makes a task with a secret id for each service', () => {
    const env = loadEnv(awsLocalEnvSchema, {});
    const tasks = toTasks(env);

    expect(env).toMatchObject({
      AWS_LOCAL_HOST: '127.0.0.1',
      AWS_LOCAL_PORT: 4566,
      AWS_LOCAL_REGION: 'us-east-1',
    });
    expect(env.AWS_LOCAL_ECS_PORT).toBeUndefined();
    expect(tasks.map((task) => [task.service, task.role])).toEqual([
      ['signup-api', 'signup-api'],
      ['notifier', 'notifier'],
    ]);
    expect(tasks[0]?.credentialsId).toMatch(/^[0-9a-f-]{36}$/);
    expect(tasks[0]?.credentialsId).not.toBe(tasks[1]?.credentialsId);
  });

  it('reads tasks, hosts and the second port', () => {
    const task = { service: 'a', role: 'b', credentialsId: 'id-of-this-test', authorizationToken: 'token' };

    const env = loadEnv(awsLocalEnvSchema, {
      AWS_LOCAL_TASKS: JSON.stringify([task]),
      AWS_LOCAL_ALLOWED_HOSTS: ' aws-local , ecs,',
      AWS_LOCAL_ECS_PORT: '80',
    });

    expect(toTasks(env)).toEqual([task]);
    expect(env.AWS_LOCAL_ALLOWED_HOSTS).toEqual(['aws-local', 'ecs']);
    expect(env.AWS_LOCAL_ECS_PORT).toBe(80);
  });

  it.each([
    ['AWS_LOCAL_TASKS', 'not json'],
    ['AWS_LOCAL_TASKS', '{}'],
    ['AWS_LOCAL_TASKS', '[{"service":"a","role":"b"}]'],
    ['AWS_LOCAL_TASKS', '[{"service":"a","role":"b","credentialsId":"with/slash"}]'],
    [
      'AWS_LOCAL_TASKS',
      '[{"service":"a","role":"b","credentialsId":"same-for-both"},{"service":"c","role":"b","credentialsId":"same-for-both"}]',
    ],
    ['AWS_LOCAL_PORT', '70000'],
    ['AWS_LOCAL_ECS_PORT', 'eighty'],
    ['AWS_LOCAL_SESSION_SEC', '0'],
  ])('refuses %s=%s by its name', (name, value) => {
    expect(() => loadEnv(awsLocalEnvSchema, { [name]: value })).toThrow(name);
  });
});
