#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A private Cyrus IMAP beside the Dovecot of servers.py.

Debian's cyrus-imapd and dovecot-imapd exclude each other, so Cyrus is not installed: `cyrus.py unpack` (tools/setup does it) asks apt for the files of
the packages under [unpacked] in tools/packages, which any user may, and takes them apart into _cyrus beside the sources. Everything Cyrus
needs is then named to it by absolute paths. What it never runs is its Perl.

Two forms, because a client meets both: "cyrus" with what Debian configures (the personal namespace is "INBOX.", levels are parted by dots, a UIDVALIDITY
can be that of the deleted mailbox of the same name), "cyrus-alt" with folders beside the Inbox, slashes, and folders kept back for a while when they are deleted.
Passwords go through the protocol of saslauthd, which this file speaks too (`cyrus.py saslauthd SOCKET USERS`).
"""
import glob, os, pwd, re, shutil, signal, socket, struct, subprocess, sys, tempfile, threading

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
UNPACKED = os.path.join(ROOT, '_cyrus')
PROGRAMS = ('master', 'imapd', 'lmtpd', 'idled', 'ctl_cyrusdb', 'cyr_expire')
KINDS = ('cyrus', 'cyrus-alt')


def libraries(root):
    return ':'.join(sorted(glob.glob(root + '/usr/lib/*-linux-gnu*')))


def environment(root):
    return dict(os.environ, LD_LIBRARY_PATH=libraries(root))


def why_not(root):
    """What keeps this Cyrus from running; None when nothing does."""
    for name in PROGRAMS:
        path = '%s/usr/lib/cyrus/bin/%s' % (root, name)
        if not os.access(path, os.X_OK):
            return '%s is not there' % path
        found = subprocess.run(['ldd', path], env=environment(root), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        missing = re.findall(r'(\S+) => not found', found.stdout)
        if found.returncode or missing:
            return '%s lacks %s' % (path, ', '.join(missing) or found.stdout.strip())
    return None


def find():
    """The folder that Cyrus lies in, and why it cannot be used (None when it can)."""
    reason = None
    for root in ([os.environ['POSTHORN_CYRUS']] if os.environ.get('POSTHORN_CYRUS') else ['', UNPACKED]):
        reason = why_not(root)
        if not reason:
            return root, None
    return None, reason


def packages():
    """Those under [unpacked] in tools/packages, but not what is installed and found anyway."""
    here, names = False, []
    with open(ROOT + '/tools/packages') as f:
        for line in f:
            if line.startswith('['):
                here = line.strip() == '[unpacked]'
            elif here and line.strip() and not line.startswith('#'):
                names.append(line.split()[0])
    return names


def unpack(root=UNPACKED):
    """Whether Cyrus can be used now. Says why not on stderr."""
    if find()[0] is not None:
        return True
    d = tempfile.mkdtemp(prefix='posthorn-cyrus-', dir='/tmp')
    os.chmod(d, 0o777)                      # apt fetches as a user of its own
    try:
        for attempt in range(2):
            fetched = subprocess.run(['apt-get', '-q', 'download', *packages()], cwd=d, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if fetched.returncode == 0 or attempt or os.getuid() != 0:
                break
            subprocess.run(['apt-get', '-q', '-o', 'DPkg::Lock::Timeout=900', 'update'], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        files = glob.glob(d + '/*.deb')
        if not files:
            sys.stderr.write('cyrus.py: apt has no Cyrus for us: %s\n' % fetched.stdout.strip().rpartition('\n')[2])
            return False
        fresh = d + '/root'
        for path in files:
            subprocess.run(['dpkg-deb', '-x', path, fresh], check=True)
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(fresh, root, symlinks=True, ignore=shutil.ignore_patterns('share', 'etc'))
    finally:
        shutil.rmtree(d, ignore_errors=True)
    reason = why_not(root)
    if reason:
        sys.stderr.write('cyrus.py: the unpacked Cyrus cannot run: %s\n' % reason)
    return reason is None


def user():
    """Cyrus refuses to be root; root lends it the user that Dovecot has, who can do nothing else."""
    return 'dovecot' if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name


def imapd_conf(d, domain, is_alt):
    c = d + '/cyrus'
    return f'''configdirectory: {c}/conf
partition-default: {c}/spool
defaultpartition: default
proc_path: {c}/conf/proc
mboxname_lockpath: {c}/conf/lock
idlesocket: {c}/conf/socket/idle
lmtpsocket: {c}/conf/socket/lmtp
notifysocket: {c}/conf/socket/notify
syslog_prefix: posthorn-test
cyrus_user: {user()}
admins: admin
virtdomains: userid
defaultdomain: {domain}
sasl_pwcheck_method: saslauthd
sasl_saslauthd_path: {c}/mux
sasl_mech_list: PLAIN LOGIN
allowplaintext: yes
tls_server_cert: {c}/server.pem
tls_server_key: {c}/server.key
tls_versions: tls1_2 tls1_3
autocreate_quota: 0
autocreate_post: yes
altnamespace: {'yes' if is_alt else 'no'}
unixhierarchysep: {'yes' if is_alt else 'no'}
delete_mode: {'delayed' if is_alt else 'immediate'}
expunge_mode: {'delayed' if is_alt else 'immediate'}
skiplist_unsafe: yes
'''


def cyrus_conf(d, root, imap, imaps, lmtp):
    def program(name, arguments=''):
        return '"%s/usr/lib/cyrus/bin/%s -C %s/cyrus/imapd.conf%s"' % (root, name, d, arguments)
    services = ''
    for i, address in enumerate(('127.0.0.1', '127.0.0.2')):
        for name, command, port in (('imap', program('imapd'), imap), ('imaps', program('imapd', ' -s'), imaps), ('lmtp', program('lmtpd', ' -a'), lmtp)):
            services += '  %s%d cmd=%s listen="%s:%d" prefork=0 maxchild=100\n' % (name, i, command, address, port)
    return 'START {\n  recover cmd=%s\n}\nSERVICES {\n%s}\nDAEMON {\n  idled cmd=%s\n}\n' % (program('ctl_cyrusdb', ' -r'), services, program('idled', ' -d'))


def configure(d, kind, root, domain, imap, imaps, lmtp):
    """Writes all that Cyrus needs into d/cyrus; the commands to start: saslauthd, then Cyrus itself."""
    c = d + '/cyrus'
    for sub in ('', '/conf', '/conf/socket', '/conf/proc', '/conf/lock', '/spool'):
        os.makedirs(c + sub, exist_ok=True)
    with open(c + '/imapd.conf', 'w') as f:
        f.write(imapd_conf(d, domain, kind == 'cyrus-alt'))
    with open(c + '/cyrus.conf', 'w') as f:
        f.write(cyrus_conf(d, root, imap, imaps, lmtp))
    for name in ('server.pem', 'server.key'):
        shutil.copy('%s/%s' % (d, name), '%s/%s' % (c, name))
    if os.getuid() == 0:
        subprocess.run(['chown', '-R', '%s:' % user(), c], check=True)
    return ([sys.executable, os.path.abspath(__file__), 'saslauthd', c + '/mux', d + '/users'],
            [root + '/usr/lib/cyrus/bin/master', '-D', '-C', c + '/imapd.conf', '-M', c + '/cyrus.conf', '-p', c + '/master.pid'])


def answer(connection, users):
    """One question: user, password, service and realm, each after its length in two bytes; the answer in the same form."""
    with connection, connection.makefile('rb') as f:
        words = []
        for _ in range(4):
            head = f.read(2)
            if len(head) < 2:       # somebody only looked whether anybody is here
                return
            (length,) = struct.unpack('>H', head)
            words.append(f.read(length).decode('utf-8', 'replace'))
        with open(users) as known:
            good = any(line.split(':')[0].split('@')[0] == words[0].split('@')[0] and line.split(':')[1] == '{PLAIN}' + words[1] for line in known)
        reply = b'OK' if good else b'NO'
        connection.sendall(struct.pack('>H', len(reply)) + reply)


def saslauthd(path, users):
    with socket.socket(socket.AF_UNIX) as s:
        s.bind(path)
        os.chmod(path, 0o666)
        s.listen(100)
        while True:
            connection, _ = s.accept()
            threading.Thread(target=answer, args=(connection, users), daemon=True).start()


if __name__ == '__main__':
    if sys.argv[1:2] == ['saslauthd']:
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
        saslauthd(*sys.argv[2:4])
    elif sys.argv[1:] == ['unpack']:
        sys.exit(0 if unpack() else 1)
    else:
        sys.exit(__doc__)
