import type { Random } from './random.js';

/** Stack traces as each language prints them, and as nobody should: malformed ones that parsers must get through. */
export const STACK_TRACES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  java: {
    'with a chain of causes': [
      'java.lang.IllegalStateException: state is not legal',
      '\tat io.example.recorder.Recorder.fail(Recorder.java:626)',
      '\tat jdk.internal.reflect.Native.invoke0(Native Method)',
      'Caused by: java.lang.IllegalArgumentException: bad argument',
      'over two lines',
      '\tat io.example.recorder.Recorder.call(Recorder.java:12)',
      '\t... 3 more',
      'Caused by: java.lang.NullPointerException',
      '\tat java.base@17/io.example.App.run(App.java)',
    ].join('\n'),
    'with suppressed exceptions': [
      'java.lang.Exception: top',
      '\tat a.B.c(B.java:1)',
      '\tSuppressed: java.lang.Exception: hidden',
      '\t\tat d.E.f(E.java:2)',
    ].join('\r\n'),
    malformed: [
      'java.lang.Exception',
      '\tat bad',
      '\tat bad(x',
      '\tat a(b:+7)',
      '\tat a(b:99999999999999999999)',
    ].join('\n'),
  },
  php: {
    'as Java prints them': [
      'LogicException: no',
      '\tat App.Kernel.handle(/var/www/app/Kernel.php:12)',
      '\tat {main}(/var/www/index.php)',
      'Caused by: DomainException: deep',
      '\tat App.Domain.run(Domain.php:3)',
    ].join('\n'),
  },
  python: {
    'with nothing to chain': [
      'During handling of the above exception, another exception occurred:',
      '  File "a.py", line -3, in a',
      '  File "b.py", line 99999999999999999999, in b',
      '  File "c.py", line -99999999999999999999, in c',
      'E',
    ].join('\n'),
    'with a cause that is no title': [
      '  File "a.py", line 1, in a',
      '    a()',
      'KeyboardInterrupt',
      '',
      'During handling of the above exception, another exception occurred:',
      'E',
    ].join('\n'),
    'with a chain': [
      'Traceback (most recent call last):',
      '  File "main.py", line 14, in greet_many',
      '    greet(person)',
      'ValueError: no name',
      '',
      'During handling of the above exception, another exception occurred:',
      '',
      'Traceback (most recent call last):',
      '  File "main.py", line 17, in <module>',
      '    greet_many(people)',
      '  File "greeting.py", line 5, in greet',
      '    raise TypeError("who")',
      'TypeError: who',
    ].join('\n'),
    'with a message of several lines': [
      'Traceback (most recent call last):',
      '  File "a.py", line 1, in a',
      '    a()',
      'ValueError: first',
      'second',
      '',
      'During handling of the above exception, another exception occurred:',
      '',
      '  File "b.py", line 2, in b',
      '    b()',
      'KeyError: 1',
    ].join('\n'),
    malformed: [
      'Traceback',
      '  File "x", line z, in g',
      '  File "xy", foo, bar',
      '  File "x", line 1',
      'E',
    ].join('\n'),
  },
  javascript: {
    'of Node': [
      'TypeError: Cannot read "x"',
      '    at speedy (/home/app/src/app.js:6:11)',
      '    at new Ctor (file:///home/app/a.js:1:2)',
      '    at node:internal/main/run:12:3',
      '    at /home/app/b.js:3:4',
      '    at async Promise.all (index 0)',
      '    at Array.map (native)',
      '    at native',
    ].join('\n'),
    malformed: [
      'Error',
      '\tat x (y:1:2)',
      '    at (',
      '    at a (b',
      '    at ',
      '    at f (a.js:3)',
      'at g (a.js:1:2)',
    ].join('\n'),
  },
  dotnet: {
    'with and without places': [
      'System.FormatException: bad input',
      '   at System.Number.ThrowOverflow(TypeCode type)',
      '   at Program.Main(String[] args) in C:\\app\\Program.cs:line 12',
      '  at A.B() in /app/c.cs:line 1 in d',
      'at Y in p:7',
      'at X',
      '   at A.B() in nowhere',
      '--- End of inner exception stack trace ---',
    ].join('\r\n'),
  },
  go: {
    'of a goroutine': [
      'oops',
      'goroutine 1 [running]:',
      'main.fail(0x1)',
      '\t/app/main.go:12 +0x1f',
      'main.main()',
      '\t/app/main.go:34 +0x2f',
    ].join('\n'),
    'of several goroutines': [
      'oops',
      'goroutine 1 [running]:',
      'main.f()',
      '\t/a.go:1',
      'goroutine 2 [chan]:',
      'x y z.go:99999999999999999999',
      'created by main',
    ].join('\n'),
  },
};

const LINES = [
  ...new Set(
    Object.values(STACK_TRACES)
      .flatMap((traces) => Object.values(traces))
      .flatMap((trace) => trace.split(/\r?\n/)),
  ),
  'goroutine running x:',
  'path:',
  'a:b:12',
  'message\r',
  '  at B.C()\t',
  'Caused by: a: b:c',
];
const FRAGMENTS = [
  '\n',
  '\n',
  '\tat ',
  '    at ',
  '  File ',
  '"',
  '(',
  ')',
  ':',
  '1',
  'Caused by: ',
  'x',
  '/',
  ' in ',
  'line ',
  'at ',
  ',',
  ' line ',
  'goroutine ',
  'running',
  '\r',
  ' ',
  'native',
  'During handling of the above exception, another exception occurred:',
  '.',
];

/** One that a language printed, lines of several mixed up, or rubble. */
export function generateStackTrace(random: Random): string {
  if (random.chance(0.15)) return random.list(random.below(40), () => random.pick(FRAGMENTS)).join('');
  if (random.chance(0.3)) {
    return random.pick(Object.values(random.pick(Object.values(STACK_TRACES))));
  }
  const lineEnd = random.pick(['\n', '\n', '\n', '\r\n']);
  return random.list(random.below(14), () => random.pick(LINES)).join(lineEnd) + random.pick(['', '\n']);
}
