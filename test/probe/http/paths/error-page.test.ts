import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorSignsIn } from '../../../../src/probe/http/paths/error-page.ts';
import { mask } from '../../../../src/probe/http/paths/mask.ts';
import { cpuMs } from '../../../setup/cpu.ts';

const signs = (text: string) =>
  errorSignsIn('https://portal.example/x', 500, text).map(({ kind, product, excerpt }) => [kind, product, excerpt]);

describe('what an error page gives away', () => {
  it.each([
    ['java', 'stack-trace', '<pre>java.lang.NullPointerException: x\n\tat vn.gov.Portal.view(Portal.java:42)</pre>'],
    ['.net', 'stack-trace', 'System.Exception: x\r\n   at System.Web.UI.Page.Load(Object s) in C:\\src\\a.cs:line 3'],
    [
      'php',
      'stack-trace',
      '<b>Warning</b>:  include(a.php): failed to open stream in <b>/var/www/a.php</b> on line <b>3</b>',
    ],
    ['python', 'stack-trace', 'Traceback (most recent call last):\n  File "/srv/app.py", line 3'],
    [
      'node.js',
      'stack-trace',
      'Error: x\n    at Layer.handle [as handle_request] (/srv/node_modules/express/lib/layer.js:95:5)',
    ],
    ['oracle-database', 'stack-trace', 'ORA-00942: table or view does not exist'],
    ['sql', 'stack-trace', 'You have an error in your SQL syntax; check the manual'],
    ['django', 'debug-page', "<p>You're seeing this error because you have <code>DEBUG = True</code>"],
    ['laravel', 'debug-page', '<title>Whoops! There was an error.</title>'],
    ['asp.net', 'debug-page', "<h1>Server Error in '/' Application.</h1><b>Stack Trace:</b>"],
    ['tomcat', 'version', '<h3>Apache Tomcat/8.5.32</h3>'],
    ['nginx', 'version', '<hr><center>nginx/1.18.0 (Ubuntu)</center>'],
    ['apache', 'version', '<address>Apache/2.4.6 (CentOS) Server at portal.example Port 80</address>'],
  ])('%s: a %s', (product, kind, text) => {
    expect(signs(text)[0]?.slice(0, 2)).toEqual([kind, product]);
  });

  it('both a trace and a version, each once', () => {
    const text = 'javax.servlet.ServletException: x\n<h3>Apache Tomcat/9.0.1</h3>java.lang.Error: y';
    expect(signs(text).map(([kind]) => kind)).toEqual(['stack-trace', 'version']);
  });

  it.each([
    '<h1>404</h1><p>Không tìm thấy trang</p>',
    '<hr><center>nginx</center>',
    '<address>Apache Server at portal.example Port 80</address>',
    '<p>Warning: this page has moved</p>',
    'Exception handling in our service is on line with policy',
  ])('nothing in %s', (text) => {
    expect(signs(text)).toEqual([]);
  });

  it('is found or not over any text, and kept short and on one line', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('java.lang.Error: ', ' at a.B(C.java:1)', 'nginx/1'))),
        (parts) => {
          for (const [, , excerpt = ''] of signs(parts.join(''))) {
            expect(excerpt.length).toBeLessThanOrEqual(160);
            expect(excerpt).not.toMatch(/[\n\r\0]/);
          }
        },
      ),
    );
  });

  it.each([
    'java.a',
    'Warning: a in b',
    'at a.',
    '<pre>a<br>',
    "Server Error in '/' Application.",
    ' at (/x',
    '.php on line',
    'ORA-0',
  ])('takes no time over %s without end', (piece) => {
    const text = piece.repeat(Math.ceil(65_536 / piece.length));
    expect(cpuMs(() => signs(text))).toBeLessThan(1500);
  });
});

describe('a masked line', () => {
  it.each([
    ['in /home/nguyenvana/app/a.py', 'in /home/…/app/a.py'],
    ['C:\\Users\\tran.b\\site\\a.cs', 'C:\\Users\\…\\site\\a.cs'],
    ['mail to a.b@portal.example now', 'mail to …@… now'],
    ['mysql://root:pw@db/x', 'mysql://…@db/x'],
    ['password=hunter2; Uid=sa', 'password=…; Uid=…'],
    ['two\nlines\u0000\u202e', 'two lines'],
  ])('%j -> %j', (line, masked) => {
    expect(mask(line)).toBe(masked);
  });
});
