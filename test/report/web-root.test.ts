import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/model/errors.ts';
import { refuseWebRoot, rootsNamed, webRootOf } from '../../src/report/web-root.ts';
import { writeReport } from '../../src/report/write.ts';
import { fixture } from './fixture.ts';

describe('a folder that a web server serves', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'rasoat-web-root-')));
    await mkdir(join(folder, 'nginx/sites'), { recursive: true });
    await mkdir(join(folder, 'site/docs'), { recursive: true });
    await writeFile(
      join(folder, 'nginx/sites/one.conf'),
      `server {\n  # root ${folder}/commented;\n  root ${folder}/site;\n  location /d { alias "${folder}/files" ; }\n}\n`,
    );
    await symlink(join(folder, 'site'), join(folder, 'looks-safe'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    ['/var/www/html/bao-cao', '/var/www'],
    ['/srv/http', '/srv/http'],
    ['/usr/share/nginx/html/x', '/usr/share/nginx/html'],
    ['/home/an/public_html/bao-cao', '/home/an/public_html'],
    ['/opt/ung-dung/wwwroot/x/y', '/opt/ung-dung/wwwroot'],
  ])('is known where packages and hosting put it: %s', async (path, root) => {
    expect((await webRootOf(path, []))?.root).toBe(root);
    await expect(refuseWebRoot(path, [])).rejects.toThrow(UserError);
  });

  it.each(['/var/wwwroots', '/srv/http-data/x', '/home/an/bao-cao', '/tmp/public_html_backup'])(
    'is not seen where there is none: %s',
    async (path) => {
      expect(await webRootOf(path, [])).toBeNull();
    },
  );

  it('is known by the settings of this machine’s servers, through links, and for what is not there yet', async () => {
    const settings = [join(folder, 'nginx'), join(folder, 'not-there')];
    const why = join(folder, 'nginx/sites/one.conf');
    for (const path of ['site', 'site/docs/new/report', 'looks-safe/report'])
      expect(await webRootOf(join(folder, path), settings)).toEqual({ root: join(folder, 'site'), why });
    expect((await webRootOf(join(folder, 'files'), settings))?.root).toBe(join(folder, 'files'));
    expect(await webRootOf(join(folder, 'commented'), settings)).toBeNull();
    expect(await webRootOf(join(folder, 'site-2'), settings)).toBeNull();
  });

  it('reads the words of nginx and Apache, and no comment or variable', () => {
    expect(
      rootsNamed(
        'server { root /a/b; }\n\tDocumentRoot "/c/d"\nAlias /x "/e f"\n# DocumentRoot /g\nroot $base/h;\nroot relative;\ndocumentroot /i',
      ),
    ).toEqual(['/a/b', '/c/d', '/i']);
  });

  it('gets no report, unless somebody says so', async () => {
    const out = join(folder, 'public_html', 'bao-cao');
    await expect(writeReport(fixture(2), out)).rejects.toThrow(UserError);
    await expect(webRootOf(join(folder, 'public_html'), [])).resolves.not.toBeNull();
    const { index } = await writeReport(fixture(2), out, { allowWebRoot: true });
    expect(index).toBe(join(out, 'index.html'));
  });
});
