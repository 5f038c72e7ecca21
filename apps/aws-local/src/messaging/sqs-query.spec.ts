import { describe, expect, it } from '@jest/globals';
import { checkSqsInput } from './check-sqs-input.js';
import { parseSqsForm } from './sqs-query-input.js';
import { renderSqsResult } from './sqs-query-output.js';

describe('parseSqsForm', () => {
  it('reads attributes, tags and names', () => {
    const input = parseSqsForm('CreateQueue', {
      Action: 'CreateQueue',
      Version: '2012-11-05',
      QueueName: 'q',
      'Attribute.1.Name': 'VisibilityTimeout',
      'Attribute.1.Value': '10',
      'Tag.1.Key': 'team',
      'Tag.1.Value': 'a.b',
    });

    expect(input).toEqual({
      QueueName: 'q',
      Attributes: { VisibilityTimeout: '10' },
      tags: { team: 'a.b' },
    });
  });

  it('reads the entries of a batch in the order of their numbers', () => {
    const input = parseSqsForm('SendMessageBatch', {
      'SendMessageBatchRequestEntry.10.Id': 'last',
      'SendMessageBatchRequestEntry.10.MessageBody': 'c',
      'SendMessageBatchRequestEntry.2.Id': 'first',
      'SendMessageBatchRequestEntry.2.MessageBody': 'a',
      'SendMessageBatchRequestEntry.2.DelaySeconds': '5',
      'SendMessageBatchRequestEntry.2.MessageAttribute.1.Name': 'n',
      'SendMessageBatchRequestEntry.2.MessageAttribute.1.Value.DataType': 'String',
      'SendMessageBatchRequestEntry.2.MessageAttribute.1.Value.StringValue': 'v',
    });

    expect(input).toEqual({
      Entries: [
        {
          Id: 'first',
          MessageBody: 'a',
          DelaySeconds: 5,
          MessageAttributes: { n: { DataType: 'String', StringValue: 'v' } },
        },
        { Id: 'last', MessageBody: 'c' },
      ],
    });
  });

  it('takes lists of names, and names that every object has for ordinary ones', () => {
    expect(parseSqsForm('UntagQueue', { 'TagKey.2': 'b', 'TagKey.1': 'a', constructor: 'x' })).toEqual({
      TagKeys: ['a', 'b'],
      constructor: 'x',
    });
  });
});

describe('renderSqsResult', () => {
  it('repeats the elements of lists and maps, and escapes texts', () => {
    const xml = renderSqsResult('DeleteMessageBatch', {
      Successful: [{ Id: 'a' }, { Id: '<b>' }],
      Failed: [{ Id: 'c', SenderFault: true }],
    });

    expect(xml).toBe(
      '<DeleteMessageBatchResultEntry><Id>a</Id></DeleteMessageBatchResultEntry>' +
        '<DeleteMessageBatchResultEntry><Id>&lt;b&gt;</Id></DeleteMessageBatchResultEntry>' +
        '<BatchResultErrorEntry><Id>c</Id><SenderFault>true</SenderFault></BatchResultErrorEntry>',
    );
    expect(renderSqsResult('ListQueueTags', { Tags: { team: 'a' } })).toBe(
      '<Tag><Key>team</Key><Value>a</Value></Tag>',
    );
  });

  it('gives nothing for operations without a result', () => {
    expect(renderSqsResult('DeleteMessage', {})).toBeUndefined();
  });
});

describe('checkSqsInput', () => {
  it('leaves out what is null and keeps the rest', () => {
    expect(
      checkSqsInput('SendMessage', {
        QueueUrl: 'u',
        DelaySeconds: null,
        Entries: [{ Id: 'a', MessageBody: null }],
      }),
    ).toEqual({
      QueueUrl: 'u',
      Entries: [{ Id: 'a' }],
    });
  });

  it.each([
    [{ QueueUrl: ['u'] }, 'The member QueueUrl must be a text'],
    [{ WaitTimeSeconds: '1' }, 'The member WaitTimeSeconds must be a number'],
    [{ MaxResults: 0.1 }, 'The member MaxResults must be a number'],
    [{ AttributeNames: 'All' }, 'The member AttributeNames must be a list'],
    [{ Entries: [{ MessageBody: 1 }] }, 'The member MessageBody must be a text'],
    [{ MessageAttributes: { a: 'x' } }, 'Start of structure or map expected.'],
  ])('refuses %j', (input, message) => {
    expect(() => checkSqsInput('SendMessageBatch', input)).toThrow(message);
  });
});
