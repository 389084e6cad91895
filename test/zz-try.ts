import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
const R='/work/wt/controls/';
const { controlNginx } = await import(R+'src/engine/controls/nginx.ts');
const { runNginx } = await import(R+'test/servers/nginx.ts');
const { sketchInventory } = await import(R+'test/e2e/inventory.ts');
const folder = mkdtempSync('/tmp/ctl/f-');
const certs = (k: string, alt: string) => execFileSync('openssl', ['req','-x509','-newkey', ...(k==='good'?['ec','-pkeyopt','ec_paramgen_curve:prime256v1']:['rsa:2048']), '-nodes','-days','3650','-keyout',`${folder}/rasoat-${k}.key`,'-out',`${folder}/rasoat-${k}.pem`,'-subj','/CN=x','-addext',`subjectAltName=${alt}`], {stdio:'pipe'});
certs('good','IP:127.83.1.1'); certs('bad','DNS:khac.invalid');
const port = Number(process.argv[2] ?? 443);
const conf = ['good','bad'].map((expects,i)=>controlNginx({expects: expects as 'good', address:`127.83.1.${i+1}`, port, folder},'Máy chủ đối chứng')).join('\n');
const s = await runNginx(folder, conf, [{host:'127.83.1.1',port}]);
const u = (h:string)=> port===443?`https://${h}/`:`https://${h}:${port}/`;
writeFileSync(`${folder}/inv.yaml`, sketchInventory([
 {id:'good', endpoints:[{kind:'web',url:u('127.83.1.1')}]},
 {id:'bad', endpoints:[{kind:'web',url:u('127.83.1.2')}]},
 {id:'good-host', endpoints:[{kind:'host',host:'127.83.1.1',services:[{port,service:'https',tls:true}]}]},
 {id:'bad-host', endpoints:[{kind:'host',host:'127.83.1.2',services:[{port,service:'https',tls:true},{port:6379},{port:8990}]}]},
]));
console.log(folder);
process.on('SIGTERM', async ()=>{ await s.stop(); process.exit(0);});
setTimeout(()=>process.exit(0), 600000);
