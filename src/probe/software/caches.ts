import { osIn } from './packaged.ts';
import { listOf, reading, readRow, type Reading, type Row } from './reading.ts';

/** Redis and its kin: `INFO`, the answer to `HELLO`, or answers that only this protocol gives, none of which tells a version. */
export function readRedis(text: string): readonly Reading[] {
  const version = /\bredis_version:(\d[\w.]*)/.exec(text)?.[1];
  const valkey = /\bvalkey_version:(\d[\w.]*)/.exec(text)?.[1];
  const os = osIn(/\bos:([^\r\n]{1,60})/.exec(text)?.[1] ?? '');
  if (valkey !== undefined) return [reading({ product: 'valkey', version: valkey, os })];
  if (version !== undefined) return [reading({ product: 'redis', version, os })];
  const hello =
    /\r\nserver\r\n\$\d{1,3}\r\n(\w{1,40})\r\n\$\d{1,3}\r\nversion\r\n\$\d{1,3}\r\n(\d[\w.]{0,40})\r\n/.exec(text);
  if (hello?.[2] !== undefined) return [{ product: hello[1] === 'valkey' ? 'valkey' : 'redis', version: hello[2] }];
  const bare = /^\s*(?:Redis(?: server)?[ /]v?=?)?(\d+\.\d+\.\d+)\s*$/i.exec(text)?.[1];
  if (bare !== undefined) return [{ product: 'redis', version: bare }];
  const only =
    /^(?:\+PONG|-NOAUTH|-DENIED Redis|-ERR (?:unknown|operation not permitted|wrong number|Client sent AUTH))/;
  return only.test(text) ? [{ product: 'redis' }] : [];
}

/** memcached's answer to `version` or `stats`. */
export function readMemcached(text: string): readonly Reading[] {
  const version = /^(?:VERSION |STAT version |memcached )?(\d[\w.]*)\s*$/im.exec(text)?.[1];
  return version === undefined ? [] : [{ product: 'memcached', version }];
}

/** Answers in JSON of data stores and container services, which all tell themselves by the names of their keys. */
const rows: readonly Row[] = [
  { words: /"distribution" ?: ?"opensearch"[^}]{0,200}"number" ?: ?"(?<version>\d[\w.-]*)"/, product: 'opensearch' },
  { words: /"number" ?: ?"(?<version>\d[\w.-]*)"[^}]{0,400}"distribution" ?: ?"opensearch"/, product: 'opensearch' },
  {
    words: /"number" ?: ?"(?<version>\d[\w.-]*)"[\s\S]{0,600}(?:"lucene_version"|You Know, for Search)/,
    product: 'elasticsearch',
  },
  { words: /You Know, for Search|"cluster_name"/, product: 'elasticsearch' },
  { words: /"couchdb" ?: ?"Welcome"[^}]{0,100}"version" ?: ?"(?<version>\d[\w.-]*)"/, product: 'couchdb' },
  { words: /"etcdserver" ?: ?"(?<version>\d[\w.-]*)"/, product: 'etcd' },
  { words: /"gitVersion" ?: ?"v(?<version>\d[\w.+-]*)"/, product: 'kubernetes' },
  {
    words: /"(?:ApiVersion|MinAPIVersion|GitCommit)"[\s\S]{0,400}?"Version" ?: ?"(?<version>\d[\w.+-]*)"/,
    product: 'docker-engine',
  },
  { words: /"Version" ?: ?"(?<version>\d[\w.+-]*)"[\s\S]{0,400}?"ApiVersion"/, product: 'docker-engine' },
  { words: /trying to access MongoDB over HTTP/, product: 'mongodb' },
  { words: /"version" ?: ?"(?<version>\d[\w.-]*)"[\s\S]{0,600}"(?:gitVersion|maxBsonObjectSize)"/, product: 'mongodb' },
  { words: /(?:db version|MongoDB)(?: server| shell)?(?: version)?:? v?(?<version>\d[\w.-]*)/i, product: 'mongodb' },
  { words: /maxBsonObjectSize|maxWireVersion/, product: 'mongodb' },
  { words: /\bRabbitMQ\b[\s\S]{0,200}?(?<version>\d+\.\d+\.\d+)/, product: 'rabbitmq' },
  { words: /\bproduct\b[\s\S]{0,12}RabbitMQ|RabbitMQ/, product: 'rabbitmq' },
  { words: /Zookeeper version: (?<version>\d[\w.]*)/i, product: 'zookeeper' },
  { words: /"(?:solr-spec-version|solr_home)"(?: ?: ?"(?<version>\d[\w.]*)")?/, product: 'solr' },
  { words: /"cassandra|release_version[\s\S]{0,20}?(?<version>\d[\w.]*)/, product: 'cassandra' },
  { words: /"Consul"|"Config"[\s\S]{0,300}"Version" ?: ?"(?<version>\d[\w.]*)"/, product: 'consul' },
  { words: /ActiveMQ(?:[\s\S]{0,120}?ProviderVersion[^\d]{0,8}(?<version>\d[\w.]*))?/, product: 'activemq' },
  { words: /mosquitto version (?<version>\d[\w.]*)/i, product: 'mosquitto' },
  { words: /InfluxDB[ /]v?(?<version>\d[\w.]*)/i, product: 'influxdb' },
  { words: /ClickHouse[^\d\r\n]{0,30}(?<version>\d[\w.]*)/i, product: 'clickhouse' },
];

/** Data stores, queues and container services, by what they answer to an empty question. */
export function readStore(text: string): readonly Reading[] {
  return listOf(readRow(rows, text));
}
