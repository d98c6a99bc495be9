import { defineMessages } from '../../../lib/i18n';

export const t = defineMessages({
  'check.text': 'Tries each link between this browser and the server, and says which one is broken.',
  'check.again': 'Check again',
  'check.copy': 'Copy the findings',
  'check.copied': 'Copied',
  'check.running': 'Checking',
  'check.reach': 'The server answers',
  'check.reach.ok': 'In {ms} ms.',
  'check.reach.proxy': 'In {ms} ms, through “{proxy}”.',
  'check.reach.bad': 'No answer at {address}.',
  'check.ready': 'Its database answers',
  'check.ready.bad': 'It says: {said}',
  'check.cookie': 'Your session travels',
  'check.cookie.bad': 'The server does not know who asks (status {status}).',
  'check.write': 'Changes from this address are accepted',
  'check.socket': 'The live connection opens',
  'check.socket.ok': 'And answers in {ms} ms.',
  'check.socket.closed': 'It did not open.',
  'check.socket.silent': 'It opened, and then nothing came.',
  'check.clock': 'The clocks agree',
  'check.clock.ok': 'Within {n, plural, one {# second} other {# seconds}}.',
  'check.clock.ahead': 'This clock is {n} s ahead of the server’s.',
  'check.clock.behind': 'This clock is {n} s behind the server’s.',
  'check.clock.none': 'The answer carried no time.',
  'check.tls': 'The way is encrypted',
  'check.tls.ok': 'By TLS.',
  'check.tls.local': 'Plain http, but it never leaves this machine.',
  'check.tls.bad': 'Plain http: passwords and sessions can be read on the way.',

  'fault.fine': 'All links hold. Changes by others appear here at once.',
  'fault.unreachable':
    'The server does not answer. It is stopped, or the network between is down. Your changes are kept here.',
  'fault.notReady':
    'The server runs but cannot use its database. Whoever runs it should look at its log and at the free space of its disk.',
  'fault.cookie':
    'The session’s cookie does not arrive. Something removes cookies, or the address changed between http and https. Sign in again; if it comes back, let the proxy pass the Cookie and Set-Cookie headers on.',
  'fault.origin':
    'The server refuses changes from {origin}, because it was told another address. Set TRESTLE_PUBLIC_URL to the address that people type, then start it anew.',
  'fault.upgrade':
    'Plain requests come through and the websocket does not: a proxy in between drops the Upgrade header. Let it pass Upgrade and Connection for /api/v1/live, as below. If it does so already, the server does not know this address: TRESTLE_PUBLIC_URL must name {origin}.',
  'fault.upgradeDirect':
    'Plain requests come through and the websocket from {origin} does not. Most often TRESTLE_PUBLIC_URL names another address; it must be exactly this one. If it is, something on the way (a proxy, a virus scanner, an extension) blocks websockets.',
  'fault.silent':
    'The websocket opens but nothing comes through: a proxy holds the answers back. Switch buffering off for /api/v1/live.',
  'fault.ended': 'The server ended this session. Sign in again.',
  'fault.slow':
    'Everything works, but the way is long: {ms} ms for one answer. Changes appear with that delay.',
  'fault.clock':
    'Everything works, but the clocks differ by {n} s, so ages and times look wrong here. Let this machine set its clock by itself.',
  'check.example': 'In nginx:',
  'check.needsTls.text':
    'Nothing on these pages stops working over plain http. But only TLS keeps passwords and sessions from being read by others in the same network, and browsers keep cookies safer with it. Put a proxy with a certificate in front and set TRESTLE_PUBLIC_URL to the https address.',
  'check.about': 'Version {version} at {address}',
});

export const NGINX = `location / {
  proxy_pass http://127.0.0.1:8080;
  proxy_set_header Host $host;
  proxy_set_header X-Forwarded-Proto $scheme;
  proxy_http_version 1.1;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection "upgrade";
  proxy_read_timeout 1h;
  proxy_buffering off;
}`;
