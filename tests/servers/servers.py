#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Private real mail servers on loopback, for tests and for the demo.

  servers.py start DIR [--smtp dovecot|postfix] [--imap full|rev1|cyrus|cyrus-alt]
                                                  start, print the facts as one JSON document, return; status 77: there is no Cyrus here
  servers.py stop DIR                             stop what start started
  servers.py run [--smtp …] [--imap …] -- CMD     start in a folder of its own, run CMD with the facts in its environment
                                                  (POSTHORN_SERVERS is the JSON, and POSTHORN_SERVERS_DIR), stop, remove the folder
  servers.py deliver DIR ADDRESS FILE...          hand messages to Dovecot as its own delivery agent would
  servers.py maildir DIR ADDRESS                  print the person's Maildir
  servers.py own DIR                              after files were put straight into a Maildir by root

Dovecot holds the mail (POP3, IMAP, LMTP). Submission is Dovecot's own proxy before a small relay (relay.py, aiosmtpd), which any user can run, or,
for root, a private Postfix that authenticates with Dovecot and delivers to it. --imap rev1 puts rev1.py before Dovecot's IMAP: a server that has
nothing but RFC 3501, and writes down in DIR/rev1.log what it was asked beyond that. --imap cyrus and cyrus-alt have IMAP and LMTP served by Cyrus (cyrus.py says
how and in which forms), while POP3 and submission stay Dovecot's: what is sent arrives at Cyrus. Two people live here, ana@posthorn.test and
tom@posthorn.test, passwords "ana-pw" and "tom-pw"; Ana has a second address, office@posthorn.test with "office-pw". The certificate authority is made anew at every start and nobody else trusts it.
127.0.0.1 counts as secure for Dovecot; on 127.0.0.2 it insists on TLS before a password.
"""
import argparse, cyrus, grp, json, os, pwd, random, shutil, signal, socket, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
DOMAIN = 'posthorn.test'
PEOPLE = ('ana', 'tom', 'office')
PORTS = ('imap', 'imaps', 'pop3', 'pop3s', 'submission', 'submissions', 'lmtp', 'auth', 'relay', 'relay_starttls', 'relay_tls', 'imap_behind', 'imaps_behind', 'lmtp_behind')


def free_ports():
    """As many neighbouring ports as we need, free at this moment on both addresses."""
    for _ in range(200):
        base = random.randrange(20000, 31000, len(PORTS))
        held = []
        try:
            for i in range(len(PORTS)):
                for host in ('127.0.0.1', '127.0.0.2'):
                    s = socket.socket()
                    held.append(s)
                    s.bind((host, base + i))
            return dict(zip(PORTS, range(base, base + len(PORTS))))
        except OSError:
            continue
        finally:
            for s in held:
                s.close()
    sys.exit('servers.py: no free ports on loopback')


def program(name):
    path = shutil.which(name, path=os.environ.get('PATH', '') + ':/usr/sbin:/usr/bin:/sbin')
    if not path:
        sys.exit('servers.py: %s is not installed (see the packages in tools/packages)' % name)
    return path


def make_certificates(d):
    def openssl(*args):
        subprocess.run([program('openssl'), *args], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=d)
    openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30', '-subj', '/CN=Posthorn throw-away CA',
            '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign', '-keyout', 'ca.key', '-out', 'ca.pem')
    openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=localhost', '-keyout', 'server.key', '-out', 'server.csr')
    with open(d + '/extensions', 'w') as f:
        f.write('subjectAltName=DNS:localhost,DNS:mail.posthorn.test,IP:127.0.0.1,IP:127.0.0.2\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n')
    openssl('x509', '-req', '-in', 'server.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '30', '-extfile', 'extensions', '-out', 'server.pem')
    os.unlink(d + '/ca.key')


def dovecot_conf(d, p, relay_port, imap):
    root = os.getuid() == 0
    user = 'dovecot' if root else pwd.getpwuid(os.getuid()).pw_name
    login = 'dovenull' if root else user
    entry = pwd.getpwnam(user)

    def listeners(service, names):
        out = 'service %s {\n  chroot =\n' % service
        for name in names:
            out += '  inet_listener %s {\n    address = 127.0.0.1, 127.0.0.2\n    port = %d\n%s  }\n' % (name, p[name], '    ssl = yes\n' if name in ('imaps', 'pop3s', 'submissions') else '')
        return out + '}\n'

    bare = imap == 'rev1'
    if bare or imap in cyrus.KINDS:         # rev1.py or Cyrus has the well-known ports
        p = dict(p, imap=p['imap_behind'], imaps=p['imaps_behind'], lmtp=p['lmtp'] if bare else p['lmtp_behind'])
    boxes = ''.join('  mailbox %s {\n    auto = subscribe\n%s  }\n' % (b, '' if bare else '    special_use = \\%s\n' % b) for b in ('Drafts', 'Sent', 'Trash', 'Junk', 'Archive'))
    return f'''protocols = imap pop3 lmtp submission
instance_name = posthorn-test
base_dir = {d}/run
state_dir = {d}/state
log_path = {d}/dovecot.log
default_internal_user = {user}
default_internal_group = {grp.getgrgid(entry.pw_gid).gr_name}
default_login_user = {login}
default_vsz_limit = 1G
first_valid_uid = {entry.pw_uid}
last_valid_uid = {entry.pw_uid}
first_valid_gid = {entry.pw_gid}
mail_uid = {entry.pw_uid}
mail_gid = {entry.pw_gid}
mail_access_groups =
mail_home = {d}/mail/%n
mail_location = maildir:~/Maildir
mailbox_list_index = yes
mail_fsync = never
auth_mechanisms = plain login cram-md5 digest-md5 scram-sha-1 scram-sha-256
auth_verbose = yes
auth_failure_delay = 0
auth_cache_size = 0
disable_plaintext_auth = yes
ssl = yes
ssl_cert = <{d}/server.pem
ssl_key = <{d}/server.key
ssl_min_protocol = TLSv1.2
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {d}/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%u {d}/users
  default_fields = uid={entry.pw_uid} gid={entry.pw_gid} home={d}/mail/%n
}}
namespace inbox {{
  inbox = yes
  separator = /
{boxes}}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
  chroot =
}}
service stats {{
  chroot =
}}
{listeners('imap-login', ('imap', 'imaps'))}{listeners('pop3-login', ('pop3', 'pop3s'))}{listeners('submission-login', ('submission', 'submissions'))}
service lmtp {{
  user = {user}
  inet_listener lmtp {{
    address = 127.0.0.1, 127.0.0.2
    port = {p['lmtp']}
  }}
}}
service auth {{
  user = {user}
  unix_listener auth-userdb {{
    mode = 0600
    user = {user}
  }}
  unix_listener auth-client {{
    mode = 0666
  }}
  inet_listener auth-tcp {{
    address = 127.0.0.1
    port = {p['auth']}
  }}
}}
service auth-worker {{
  user = {user}
}}
protocol imap {{
  mail_max_userip_connections = 100
{'  imap_capability = IMAP4rev1' if bare else '  mail_plugins = quota imap_quota imap_zlib'}
}}
plugin {{
  quota = count:User quota
  quota_rule = *:storage=4G
  quota_vsizes = yes
}}
protocol pop3 {{
  mail_max_userip_connections = 100
  pop3_uidl_format = %08Xu%08Xv
}}
protocol lmtp {{
  postmaster_address = postmaster@{DOMAIN}
}}
submission_relay_host = 127.0.0.1
submission_relay_port = {relay_port}
submission_relay_trusted = yes
submission_max_mail_size = 25M
hostname = mail.{DOMAIN}
'''


def postfix_conf(d, p):
    """A private Postfix: submission with STARTTLS and with implicit TLS, SASL by Dovecot, delivery to Dovecot by LMTP."""
    q = d + '/postfix'
    for sub in ('etc', 'queue', 'data'):
        os.makedirs(q + '/' + sub, exist_ok=True)
    shutil.chown(q + '/data', 'postfix')
    known = ', '.join('%s@%s=ok' % (x, DOMAIN) for x in PEOPLE)
    with open(q + '/etc/main.cf', 'w') as f:
        f.write(f'''compatibility_level = 3.6
queue_directory = {q}/queue
data_directory = {q}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file_prefixes = {q}
maillog_file = {q}/mail.log
myhostname = mail.{DOMAIN}
mydomain = {DOMAIN}
myorigin = {DOMAIN}
mydestination =
mynetworks = 127.0.0.9/32
inet_interfaces = loopback-only
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
local_transport = error:no local
virtual_mailbox_domains = {DOMAIN}
virtual_mailbox_maps = inline:{{{known}}}
virtual_transport = lmtp:inet:127.0.0.1:{p['lmtp']}
default_transport = discard:
relay_transport = discard:
message_size_limit = 26214400
smtpd_tls_cert_file = {d}/server.pem
smtpd_tls_key_file = {d}/server.key
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{p['auth']}
smtpd_sasl_auth_enable = yes
smtpd_sasl_security_options = noanonymous
broken_sasl_auth_clients = no
smtpd_client_restrictions =
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_recipient_access inline:{{bounce5xx@x.test=REJECT, tempfail4xx@x.test=DEFER}}, reject_unlisted_recipient, permit_sasl_authenticated, reject
smtpd_error_sleep_time = 0
smtpd_delay_reject = yes
smtputf8_enable = yes
smtp_dns_support_level = disabled
notify_classes =
''')
    services = [('127.0.0.1:%d' % p['relay_starttls'], 'inet n - n - - smtpd'), ('127.0.0.1:%d' % p['relay_tls'], 'inet n - n - - smtpd -o smtpd_tls_wrappermode=yes')]
    services += [(n, 'unix n - n 60 1 pickup' if n == 'pickup' else t) for n, t in (
        ('pickup', ''), ('cleanup', 'unix n - n - 0 cleanup'), ('qmgr', 'unix n - n 300 1 qmgr'), ('tlsmgr', 'unix - - n 1000? 1 tlsmgr'),
        ('rewrite', 'unix - - n - - trivial-rewrite'), ('bounce', 'unix - - n - 0 bounce'), ('defer', 'unix - - n - 0 bounce'), ('trace', 'unix - - n - 0 bounce'),
        ('verify', 'unix - - n - 1 verify'), ('flush', 'unix n - n 1000? 0 flush'), ('proxymap', 'unix - - n - - proxymap'), ('proxywrite', 'unix - - n - 1 proxymap'),
        ('smtp', 'unix - - n - - smtp'), ('relay', 'unix - - n - - smtp'), ('showq', 'unix n - n - - showq'), ('error', 'unix - - n - - error'),
        ('retry', 'unix - - n - - error'), ('discard', 'unix - - n - - discard'), ('lmtp', 'unix - - n - - lmtp'), ('anvil', 'unix - - n - 1 anvil'),
        ('scache', 'unix - - n - 1 scache'), ('postlog', 'unix-dgram n - n - 1 postlogd'))]
    with open(q + '/etc/master.cf', 'w') as f:
        f.writelines('%s %s\n' % s for s in services)
    return q


def wait_for(where, what, seconds=15):
    """Until somebody listens there: an address as socket.connect () wants it."""
    end = time.time() + seconds
    while time.time() < end:
        with socket.socket(socket.AF_INET if isinstance(where, tuple) else socket.AF_UNIX) as s:
            s.settimeout(1)
            try:
                s.connect(where)
                return
            except OSError:
                time.sleep(.03)
    sys.exit('servers.py: %s did not start listening on %s' % (what, where))


def wait_for_port(port, what):
    wait_for(('127.0.0.1', port), what)


def spawn(args, log, env=None):
    """A child that outlives us when we only start, in a session of its own so that a Ctrl+C here does not tear it down half-way."""
    with open(log, 'ab') as out:
        return subprocess.Popen(args, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True, env=env).pid


def start_dovecot(d):
    """It keeps what it has for its errors open for as long as it lives: never a pipe that somebody reads to its end."""
    with open(d + '/dovecot.start', 'w+') as log:
        if subprocess.run([program('dovecot'), '-c', d + '/dovecot.conf'], stdin=subprocess.DEVNULL, stdout=log, stderr=log).returncode:
            log.seek(0)
            sys.exit('servers.py: Dovecot did not start: ' + log.read().strip())


def start_cyrus(d, kind, root, p):
    saslauthd, master = cyrus.configure(d, kind, root, DOMAIN, p['imap'], p['imaps'], p['lmtp'])
    for name, command in (('saslauthd', saslauthd), ('cyrus', master)):
        with open('%s/%s.pid' % (d, name), 'w') as f:
            f.write(str(spawn(command, '%s/%s.log' % (d, name), cyrus.environment(root))))
    wait_for(d + '/cyrus/mux', 'saslauthd')


def start(d, smtp, imap='full'):
    d = os.path.abspath(d)
    os.makedirs(d, exist_ok=True)
    if smtp == 'postfix' and os.getuid() != 0:
        sys.exit('servers.py: Postfix can only be started by root')
    cyrus_root, reason = cyrus.find() if imap in cyrus.KINDS else (None, None)
    if reason:
        sys.stderr.write('servers.py: no Cyrus (tools/setup test unpacks it): %s\n' % reason)
        sys.exit(77)
    os.chmod(d, 0o755)                      # Dovecot's own users must get through
    for sub in ('mail', 'run', 'state'):
        os.makedirs(d + '/' + sub, exist_ok=True)
    if os.getuid() == 0:
        shutil.chown(d + '/mail', 'dovecot', 'dovecot')
    p = free_ports()
    make_certificates(d)
    with open(d + '/users', 'w') as f:
        f.writelines('%s@%s:{PLAIN}%s-pw::::::\n' % (u, DOMAIN, u) for u in PEOPLE)
    with open(d + '/dovecot.conf', 'w') as f:
        f.write(dovecot_conf(d, p, p['relay'], imap))
    facts = dict(dir=d, host='localhost', ports=p, ca=d + '/ca.pem', smtp=smtp, imap=imap,
                 people={u: dict(address='%s@%s' % (u, DOMAIN), password=u + '-pw') for u in PEOPLE})
    start_dovecot(d)
    if imap == 'rev1':
        open(d + '/rev1.log', 'w').close()
        with open(d + '/rev1.pid', 'w') as f:
            f.write(str(spawn([sys.executable, HERE + '/rev1.py', str(p['imap']), str(p['imaps']), str(p['imap_behind']), d + '/server.pem', d + '/server.key', d + '/rev1.log'],
                              d + '/rev1.err')))
    elif imap in cyrus.KINDS:
        start_cyrus(d, imap, cyrus_root, p)
    if smtp == 'postfix':
        q = postfix_conf(d, p)
        spawn([program('postfix'), '-c', q + '/etc', 'start-fg'], q + '/start.log')
        facts['smtp_starttls'], facts['smtp_tls'] = p['relay_starttls'], p['relay_tls']
    else:
        spawned = spawn([sys.executable, HERE + '/relay.py', str(p['relay']), str(p['lmtp']), DOMAIN], d + '/relay.log')
        with open(d + '/relay.pid', 'w') as f:
            f.write(str(spawned))
        facts['smtp_starttls'], facts['smtp_tls'] = p['submission'], p['submissions']
        wait_for_port(p['relay'], 'relay')
    wait_for_port(p['pop3s'], 'Dovecot')
    wait_for_port(p['imaps'], 'IMAP')
    wait_for_port(facts['smtp_tls'], smtp)
    with open(d + '/facts.json', 'w') as f:
        json.dump(facts, f)
    return facts


def wait_gone(pid, seconds=10):
    end = time.time() + seconds
    while time.time() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        try:
            os.waitpid(pid, os.WNOHANG)     # our own child stays a zombie otherwise
        except ChildProcessError:
            pass
        time.sleep(.03)
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def stop(d):
    for path in (d + '/relay.pid', d + '/rev1.pid', d + '/cyrus.pid', d + '/saslauthd.pid', d + '/postfix/queue/pid/master.pid', d + '/run/master.pid'):
        try:
            with open(path) as f:
                pid = int(f.read())
            os.kill(pid, signal.SIGTERM)
            wait_gone(pid)
        except (FileNotFoundError, ProcessLookupError, ValueError):
            pass


def break_down(d):
    """Dovecot and all its processes end as when the power goes: no goodbye, nothing written."""
    with open(d + '/run/master.pid') as f:
        master = int(f.read())
    family = [master]
    for pid in filter(str.isdigit, os.listdir('/proc')):
        try:
            with open('/proc/%s/stat' % pid) as f:
                if int(f.read().rpartition(')')[2].split()[1]) == master:
                    family.append(int(pid))
        except OSError:
            pass
    for pid in family:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    for pid in family:
        wait_gone(pid)


def come_back(d):
    """After break_down: the same servers on the same ports."""
    with open(d + '/facts.json') as f:
        facts = json.load(f)
    if os.path.exists(d + '/run/master.pid'):
        os.unlink(d + '/run/master.pid')
    start_dovecot(d)
    wait_for_port(facts['ports']['pop3s'], 'Dovecot')


def maildir(d, address):
    return '%s/mail/%s/Maildir' % (d, address.split('@')[0])


def own(d):
    """After files were put straight into a Maildir: they belong to the user Dovecot reads mail as."""
    if os.getuid() == 0:
        subprocess.run(['chown', '-R', 'dovecot:dovecot', d + '/mail'], check=True)


def deliver(d, address, files):
    import smtplib
    with open(d + '/facts.json') as f:
        facts = json.load(f)
    lmtp = smtplib.LMTP('127.0.0.1', facts['ports']['lmtp'])
    for path in files:
        with open(path, 'rb') as f:
            data = f.read()
        lmtp.sendmail('', [address], data, mail_options=['BODY=8BITMIME'])
    lmtp.quit()


def run(smtp, imap, command):
    d = tempfile.mkdtemp(prefix='posthorn-', dir='/tmp')    # short: Unix socket paths have 108 bytes
    status = 1

    def leave(signum, frame):
        raise SystemExit(128 + signum)
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    try:
        facts = start(d, smtp, imap)
        status = subprocess.run(command, env=dict(os.environ, POSTHORN_SERVERS=json.dumps(facts), POSTHORN_SERVERS_DIR=d)).returncode
        if status and os.environ.get('POSTHORN_SERVERS_LOG'):
            sys.stderr.write(open(d + '/dovecot.log', errors='replace').read())
    finally:
        stop(d)
        shutil.rmtree(d, ignore_errors=True)
    return status if status >= 0 else 128 - status


def main():
    a = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    sub = a.add_subparsers(dest='verb', required=True)
    for verb in ('start', 'stop', 'run', 'deliver', 'maildir', 'own'):
        s = sub.add_parser(verb)
        if verb != 'run':
            s.add_argument('dir')
        if verb in ('start', 'run'):
            s.add_argument('--smtp', choices=('dovecot', 'postfix'), default='dovecot')
            s.add_argument('--imap', choices=('full', 'rev1', *cyrus.KINDS), default='full')
        if verb in ('deliver', 'maildir'):
            s.add_argument('address')
        if verb == 'deliver':
            s.add_argument('files', nargs='+')
        if verb == 'run':
            s.add_argument('command', nargs=argparse.REMAINDER)
    o = a.parse_args()
    if o.verb == 'start':
        print(json.dumps(start(o.dir, o.smtp, o.imap)))
    elif o.verb == 'stop':
        stop(o.dir)
    elif o.verb == 'deliver':
        deliver(os.path.abspath(o.dir), o.address, o.files)
    elif o.verb == 'own':
        own(os.path.abspath(o.dir))
    elif o.verb == 'maildir':
        print(maildir(os.path.abspath(o.dir), o.address))
    else:
        sys.exit(run(o.smtp, o.imap, [c for c in o.command if c != '--'] if o.command[:1] == ['--'] else o.command))


if __name__ == '__main__':
    main()
