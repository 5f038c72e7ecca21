import { describe, expect, it } from '@jest/globals';
import type { SegmentException } from '../../src/segment/segment-document.js';
import { anException, aSpan, exceptionsOf, translateOne } from './spans.js';

function parse(language: string, lines: string[], newline = '\n'): SegmentException[] {
  const span = aSpan({ events: [anException('TopError', 'top', lines.join(newline))] });
  return exceptionsOf(translateOne(span, { resource: { 'telemetry.sdk.language': language } }));
}

const [TOP, SECOND, THIRD] = ['0000000000000001', '0000000000000002', '0000000000000003'];

describe.each(['java', 'php'])('a stack trace of %s', (language) => {
  it('has frames with label, path and line', () => {
    const [exception] = parse(language, [
      'java.lang.IllegalStateException: top',
      '\tat com.example.Signup.store(Signup.java:31)',
      '\tat java.base/java.lang.Thread.run(Thread.java)',
      '\tat com.example.Signup.call(Native Method)',
      '\tat com.example.Signup.odd(Signup.java:x)',
    ]);

    expect(exception).toEqual({
      id: TOP,
      type: 'TopError',
      message: 'top',
      remote: false,
      stack: [
        { path: 'Signup.java', line: 31, label: 'com.example.Signup.store' },
        { path: 'Thread.java', line: 0, label: 'java.lang.Thread.run' },
        { path: 'Native Method', line: 0, label: 'com.example.Signup.call' },
        { path: 'Signup.java', line: 0, label: 'com.example.Signup.odd' },
      ],
    });
  });

  it('chains the exceptions that caused it', () => {
    const exceptions = parse(language, [
      'TopError: top',
      '\tat a.B.c(B.java:1)',
      'Caused by: java.io.IOException: could not',
      ' read',
      '\tnot a frame',
      '\tat d.E.f(E.java:2)',
      'Caused by: java.net.SocketException',
    ]);

    expect(exceptions).toEqual([
      {
        id: TOP,
        type: 'TopError',
        message: 'top',
        remote: false,
        stack: [{ path: 'B.java', line: 1, label: 'a.B.c' }],
        cause: SECOND,
      },
      {
        id: SECOND,
        type: 'java.io.IOException',
        message: 'could not read\tnot a frame',
        remote: false,
        stack: [{ path: 'E.java', line: 2, label: 'd.E.f' }],
        cause: THIRD,
      },
      { id: THIRD, type: 'java.net.SocketException', message: '', remote: false },
    ]);
  });

  it('passes over common frames, suppressed exceptions and what is malformed', () => {
    const [exception, ...causes] = parse(
      language,
      [
        'TopError: top',
        '\tat a.B.c(B.java:1)',
        '\tat broken',
        '\tat broken(',
        ' \tat a(b:1)',
        '\tSuppressed: x.Y: z',
        '\t... 3 more',
        'at d(e:1)',
      ],
      '\r\n',
    );

    expect(exception?.stack).toEqual([{ path: 'B.java', line: 1, label: 'a.B.c' }]);
    expect(causes).toEqual([]);
  });

  it('takes a cause that ends at its colon', () => {
    expect(parse(language, ['TopError', 'Caused by: x.Y:'])).toMatchObject([
      {},
      { type: 'x.Y', message: '' },
    ]);
  });
});

describe('a stack trace of python', () => {
  it('is read from the bottom', () => {
    const [exception] = parse('python', [
      'Traceback (most recent call last):',
      '  File "/app/main.py", line 10, in <module>',
      '    main()',
      '  File "/app/main.py", line 7, in main',
      '    raise TopError("top")',
      'TopError: top',
    ]);

    expect(exception?.stack).toEqual([
      { path: '/app/main.py', line: 7, label: 'main' },
      { path: '/app/main.py', line: 10, label: '<module>' },
    ]);
  });

  it('chains the exceptions during whose handling it was raised', () => {
    const exceptions = parse('python', [
      'Traceback (most recent call last):',
      '  File "first.py", line 1, in one',
      '    one()',
      'KeyError: not',
      'there',
      '',
      'During handling of the above exception, another exception occurred:',
      '',
      'Traceback (most recent call last):',
      '  File "second.py", line 2, in two',
      '    two()',
      'TopError: top',
    ]);

    expect(exceptions).toMatchObject([
      { type: 'TopError', stack: [{ path: 'second.py', line: 2, label: 'two' }], cause: SECOND },
      {
        id: SECOND,
        type: 'KeyError',
        message: 'not\nthere',
        stack: [{ path: 'first.py', line: 1, label: 'one' }],
      },
    ]);
  });

  it('passes over malformed frames', () => {
    const [exception] = parse('python', [
      '  File "a.py", line one, in f',
      '  File "b.py", row 2, of g',
      '  File "c.py", line 3',
      '  File "d.py", line 4, in h, i',
      '  File ",x,y',
      'TopError: top',
    ]);

    expect(exception?.stack).toEqual([
      { path: '', line: 0, label: '' },
      { path: 'b.py', line: 0, label: '' },
      { path: 'a.py', line: 0, label: 'f' },
    ]);
  });

  it.each([
    ['no frame', ['KeyError: x']],
    ['no type', ['  File "first.py", line 1, in one', '    one()', 'no type', '']],
    ['nothing between', ['  File "first.py", line 1, in one']],
  ])('stops at a cause with %s', (_problem, above) => {
    const exceptions = parse('python', [
      ...above,
      'During handling of the above exception, another exception occurred:',
      '  File "second.py", line 2, in two',
      '    two()',
      'TopError: top',
    ]);

    expect(exceptions).toMatchObject([{ stack: [{ path: 'second.py' }] }]);
    expect(exceptions).toHaveLength(1);
  });

  it('is empty in one line', () => {
    expect(parse('python', ['  File "a.py", line 1, in f'])[0]).not.toHaveProperty('stack');
  });
});

describe('a stack trace of javascript', () => {
  it('has frames with label, path and line', () => {
    const [exception] = parse('javascript', [
      'TypeError: top',
      '    at speedy (/app/file.js:6:11)',
      '    at Object.<anonymous> (/app/file.js:10:1)',
      '    at /app/file.js:12:3',
      '    at Array.map (native)',
      '    at native code',
      '    at node:internal/process/task_queues:95:5',
      '    at main (file:///app/a.js:1:2)',
      '    at async run (/app/b.js:3)',
    ]);

    expect(exception?.stack).toEqual([
      { path: '/app/file.js', line: 6, label: 'speedy ' },
      { path: '/app/file.js', line: 10, label: 'Object.<anonymous> ' },
      { path: '/app/file.js', line: 12, label: '' },
      { path: 'native', line: 0, label: 'Array.map ' },
      { path: 'native', line: 0, label: '' },
      { path: 'node', line: 0, label: '' },
      { path: 'file', line: 0, label: 'main ' },
      { path: '/app/b.js:3', line: 0, label: 'async run ' },
    ]);
  });

  it('passes over malformed lines', () => {
    const [exception] = parse('javascript', [
      'Error',
      '\tat f (a.js:1:1)',
      '   at f (a.js:1:1)',
      '    at ',
      '    at f (a.js:1:1',
      'at x',
    ]);

    expect(exception).not.toHaveProperty('stack');
  });
});

describe('a stack trace of dotnet', () => {
  it('has frames with label, path and line, blanks around them or not', () => {
    const [exception] = parse(
      'dotnet',
      [
        'System.Exception: top',
        '   at Lab.Signup.Store(String name) in C:\\lab\\Signup.cs:line 31',
        'at Lab.Signup.Call() in signup.cs:7  ',
        '\tat Lab.Signup.Bare() in signup.cs',
        '   at System.Linq.Enumerable.First[T](IEnumerable`1 source) more',
      ],
      '\r\n',
    );

    expect(exception?.stack).toEqual([
      { path: 'C:\\lab\\Signup.cs', line: 31, label: 'Lab.Signup.Store(String name)' },
      { path: 'signup.cs', line: 7, label: 'Lab.Signup.Call()' },
      { path: 'signup.cs', line: 0, label: 'Lab.Signup.Bare()' },
      { path: '', line: 0, label: 'System.Linq.Enumerable.First[T](IEnumerable`1 source)' },
    ]);
  });

  it('goes through an inner exception as if its frames were its own', () => {
    const [exception] = parse('dotnet', [
      'System.Exception: top ---> System.Exception: inner',
      '   at A.B() in a.cs:line 1',
      '   --- End of inner exception stack trace ---',
      '   at C.D() in c.cs:line 2',
    ]);

    expect(exception?.stack).toMatchObject([{ path: 'a.cs' }, { path: 'c.cs' }]);
  });

  it('passes over malformed lines and takes odd line numbers', () => {
    const [exception] = parse('dotnet', [
      'E',
      '   at nothing',
      '   in x',
      '   at A.B() in a.cs:line',
      '   at in x',
    ]);

    expect(exception?.stack).toEqual([
      { path: 'a.cs', line: 0, label: 'A.B()' },
      { path: 'x', line: 0, label: '' },
    ]);
  });
});

describe('a stack trace of go', () => {
  it('has a label and a place in two lines, below headers', () => {
    const [exception] = parse('go', [
      'top',
      'goroutine 19 [running]:',
      'example.com/lab.Store(0x1)',
      '\t/src/lab/store.go:31 +0x9b',
      'goroutine 20 [running, locked to thread]:',
      'created by example.com/lab.Start',
      '\tstart.go:7',
    ]);

    expect(exception?.stack).toEqual([
      { path: '/src/lab/store.go', line: 31, label: 'example.com/lab.Store(0x1)' },
      { path: 'start.go', line: 7, label: 'created by example.com/lab.Start' },
    ]);
  });

  it('gives a frame without a place that of the frame before', () => {
    const [exception] = parse('go', ['top', 'a', 'no: place:x :1', 'b', '\tb.go:2', 'c']);

    expect(exception?.stack).toEqual([
      { path: '', line: 0, label: 'a' },
      { path: 'b.go', line: 2, label: 'b' },
      { path: 'b.go', line: 2, label: 'c' },
    ]);
  });

  it.each([
    'goroutine 1 [chan receive]:',
    'goroutine 1 [rerunning]:',
    'goroutine 1 [running]',
    'goroutine 1 [runnings]:',
    'goroutinerunning:',
  ])('takes %s for a label', (line) => {
    expect(parse('go', ['top', line, '\ta.go:1'])[0]?.stack).toEqual([
      { path: 'a.go', line: 1, label: line },
    ]);
  });

  it('ends within a header', () => {
    expect(parse('go', ['top', 'goroutine 1 [rerunning, running]:'])[0]?.stack).toEqual([
      { path: '', line: 0, label: '' },
    ]);
  });
});

describe('line numbers', () => {
  it.each([
    ['+7', 7],
    ['-7', -7],
    ['-0', 0],
    ['007', 7],
    ['0000000000000000000000000000031', 31],
    ['1e3', 0],
    ['', 0],
    ['9007199254740991', 9007199254740991],
    ['99999999999999999999', 2 ** 63],
    ['-99999999999999999999', -(2 ** 63)],
  ])('are read from %j as %d', (text, line) => {
    expect(parse('java', ['E', `\tat a(b:${text})`])[0]?.stack).toEqual([{ path: 'b', line, label: 'a' }]);
  });
});

describe('a stack trace of another language', () => {
  it.each(['nodejs', 'webjs', 'ruby', ''])('is lost for "%s"', (language) => {
    expect(parse(language, ['Error: top', '    at f (a.js:1:1)'])[0]).toEqual({
      id: TOP,
      type: 'TopError',
      message: 'top',
      remote: false,
    });
  });

  it.each(['java', 'javascript', 'dotnet', 'go'])('of one line is empty for %s', (language) => {
    expect(parse(language, ['\tat a(b:1)'])[0]).not.toHaveProperty('stack');
  });
});
