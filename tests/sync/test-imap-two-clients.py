#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-imap-two-clients.py full|rev1|cyrus|cyrus-alt [SEED [CHANGES]]: Posthorn and another IMAP client change the same mail at random, and the line breaks and Posthorn is killed at
random; then both sides must be the same, nothing lost, nothing doubled.

posthorn-cli is the one client, imaplib the other. Both mark, move, copy and delete mail and make, rename and delete folders; the other one writes mail and makes
folders anew under the same name (another UIDVALIDITY), Posthorn puts folders into others, takes mail off the server to "On this computer" and puts it back. Everything that Posthorn says
to the server goes through a proxy here that counts the bytes; after a number of bytes that the seed chose it cuts the connection, kills Posthorn (SIGKILL), or
has the other client or another posthorn-cli make changes while Posthorn waits. After every few rounds Posthorn syncs until it has nothing more to do, and both
sides are compared: folders, and in each the digest of every source with its flags.

  POSTHORN_SEED=N     the same choices again (it is printed at the start; what happens during a sync also depends on the machine's speed)
  POSTHORN_CHANGES=N  how many changes at least; 40 without it, which ends within a minute. For longer runs: for s in $(seq 1 50); do POSTHORN_SEED=$s
                      POSTHORN_CHANGES=300 tests/sync/test-imap-two-clients.py full || break; done, with POSTHORN_BUILD_ROOT=_build
  POSTHORN_VERBOSE=1  each change as it is made
  POSTHORN_KEEP=1     profile and server's files stay where the last line says
  POSTHORN_TRACE=DIR  a trace of each sync goes there
  POSTHORN_LOG_LINES=N how many of the last changes are shown when it fails; 60 without it
"""
import base64, hashlib, imaplib, json, os, random, re, shutil, signal, socket, subprocess, sys, tempfile, threading, time
from collections import Counter

ROOT = os.environ.get('POSTHORN_SOURCE_ROOT') or os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, 'tests', 'servers'))
import servers

PROGRAM = os.path.join(os.environ.get('POSTHORN_BUILD_ROOT', os.path.join(ROOT, '_build')), 'src', 'cli', 'posthorn-cli')
ROLES = ('Drafts', 'Sent', 'Trash', 'Junk', 'Archive')
FLAGS = {'seen': '\\Seen', 'flagged': '\\Flagged', 'answered': '\\Answered'}
UNDO = {'seen': 'unseen', 'flagged': 'unflagged', 'answered': 'unanswered'}
WORDS = ('Projects', 'Straße', 'Tom & Ana', '会議', 'Über/Unter', 'a,b', 'Plans', 'x~ "y"')
MANY = 19       # Posthorn doubts a mailbox that loses more at once (sync-imap-messages.h), and a test cannot wait for an hour


class Fault(Exception):
    pass


def encode_name(name):
    """A mailbox's name in modified UTF-7 (RFC 3501, 5.1.3), quoted."""
    def shift(m):
        return b'&' + base64.b64encode(m.group().encode('utf-16-be'), b'+,').rstrip(b'=') + b'-'
    out = b''.join(p.replace('&', '&-').encode() if p.isascii() else shift(re.match('(?s).*', p)) for p in re.split(r'([^\x20-\x7e]+)', name))
    return '"' + out.decode().replace('\\', '\\\\').replace('"', '\\"') + '"'


def decode_name(wire):
    def shift(m):
        return base64.b64decode(m.group(1) + b'=' * (-len(m.group(1)) % 4), b'+,').decode('utf-16-be').encode() if m.group(1) else b'&'
    return re.sub(rb'&([^-]*)-', shift, wire).decode()


class Proxy:
    """Carries Posthorn's connections; does something to them when so many bytes have passed."""

    def __init__(self, port):
        self.target, self.lock, self.pairs = port, threading.Lock(), []
        self.limit, self.action, self.passed = None, None, 0
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def arm(self, limit, action):
        self.limit, self.action, self.passed = limit, action, 0

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
                far = socket.create_connection(('127.0.0.1', self.target))
            except OSError:
                return
            self.pairs.append((near, far))
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(one, other), daemon=True).start()

    def cut(self):
        for pair in self.pairs:
            for s in pair:
                try:
                    s.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def carry(self, one, other):
        try:
            while True:
                piece = one.recv(4096)
                if not piece:
                    break
                with self.lock:
                    self.passed += len(piece)
                    if self.limit is not None and self.passed >= self.limit:
                        keep = max(0, len(piece) - (self.passed - self.limit))
                        other.sendall(piece[:keep])         # also half a line, half a literal
                        piece, self.limit = piece[keep:], None
                        if self.action():
                            self.cut()
                            break
                other.sendall(piece)
        except OSError:
            pass
        for s in (one, other):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def forget(self):
        self.cut()
        for pair in self.pairs:
            for s in pair:
                s.close()
        self.pairs = []


class Ledger:
    """What must be true in the end of every source there ever was, by its SHA-256."""

    def __init__(self):
        self.most = {}          # how many copies there may be
        self.may_go = set()     # somebody deleted one
        self.names = {}

    def add(self, digest, name):
        self.most[digest], self.names[digest] = 1, name

    def copied(self, digest):
        self.most[digest] += 1

    def deleted(self, digests):
        self.may_go.update(digests)

    def settled(self, there):
        """Nothing is under way: as many as there are now, and none of them may go."""
        self.most = {d: there[d] for d in self.most}
        self.may_go = {d for d in self.most if not there[d]}

    def faults(self, there):
        for d, most in sorted(self.most.items()):
            if there[d] > most:
                yield '%s is there %d times, not %d' % (self.names[d], there[d], most)
            if there[d] == 0 and d not in self.may_go:
                yield '%s is lost' % self.names[d]
        for d in there:
            if d not in self.most:
                yield 'a message that nobody wrote: sha256 %s' % d


class Other:
    """The other client: imaplib, straight to the server."""

    def __init__(self, test):
        self.test, self.r = test, test.r
        self.digests = {}       # (name, UIDVALIDITY, UID) → digest: what never changes is read once; two mailboxes made in one second may share a UIDVALIDITY
        self.written, self.chosen = 0, []
        # Cyrus as Debian has it: the personal namespace is "INBOX.", levels are parted by dots
        self.prefix, self.delimiter = ('INBOX.', '.') if test.kind == 'cyrus' else ('', '/')
        self.log_in()

    def wire(self, name):
        return encode_name(name if name == 'INBOX' else self.prefix + name.replace('/', self.delimiter))

    def log_in(self):
        self.imap = imaplib.IMAP4('127.0.0.1', self.test.facts['ports']['imap'])
        self.imap.login('ana@posthorn.test', 'ana-pw')

    def good(self, answer):
        if answer[0] != 'OK':
            raise Fault('the other client was refused: %s' % (answer,))
        return answer[1]

    def folders(self):
        names = []
        for line in self.good(self.imap.list()):
            if isinstance(line, tuple):
                line = line[0] + line[1]
            found = re.match(rb'\(([^)]*)\) (?:"."|NIL) (.*)', line)
            if b'\\noselect' not in found.group(1).lower() and b'\\nonexistent' not in found.group(1).lower():
                wire = found.group(2)
                wire = re.sub(rb'\\(.)', rb'\1', wire[1:-1]) if wire.startswith(b'"') else wire
                name = decode_name(wire)
                names.append(name if name == 'INBOX' else name[len(self.prefix):].replace(self.delimiter, '/'))
        # Dovecot lists a mailbox that was deleted while another was made below it, but there is none
        return sorted(n for n in names if not any(x.startswith(n + '/') for x in names) or self.imap.status(self.wire(n), '(MESSAGES)')[0] == 'OK')

    def open(self, name):
        """Selects; what is in it: {uid: (digest, flags)}."""
        self.good(self.imap.select(self.wire(name)))
        validity = self.imap.response('UIDVALIDITY')[1][0]
        found, unread = {}, []
        for line in self.good(self.imap.uid('FETCH', '1:*', '(UID FLAGS)')):
            if line is None:
                continue
            m = re.search(rb'UID (\d+)', line)
            flags = frozenset(k for k, v in FLAGS.items() if v.encode() in line)
            uid = int(m.group(1))
            found[uid] = [self.digests.get((name, validity, uid)), flags]
            if not found[uid][0]:
                unread.append(uid)
        for uid in unread:
            for part in self.good(self.imap.uid('FETCH', str(uid), '(UID BODY.PEEK[])')):
                if isinstance(part, tuple):
                    found[uid][0] = self.digests[name, validity, uid] = hashlib.sha256(part[1]).hexdigest()
        return {uid: tuple(v) for uid, v in found.items() if v[0]}

    def state(self):
        return {name: Counter(self.open(name).values()) for name in self.folders()}

    def write(self):
        r, n = self.r, self.written
        self.written += 1
        size = int(min(60000, 10 ** r.uniform(1, 5)))
        head = 'From: Tom <tom@posthorn.test>\r\nTo: ana@posthorn.test\r\nSubject: Number %d\r\nDate: Sun, 22 Nov 2026 10:42:%02d +0100\r\n' % (n, n % 60)
        kind = r.random()
        if kind < .85:
            head += 'Message-ID: <n%d@posthorn.test>\r\n' % n
        elif kind < .93 and n:
            head += 'Message-ID: <n%d@posthorn.test>\r\n' % r.randrange(n)       # another message has that already
        body = 'Text of number %d, %x\r\n' % (n, r.getrandbits(64)) + ('x' * 70 + '\r\n') * (size // 72)
        source = (head + '\r\n' + body).encode()
        name = r.choice(self.folders())
        self.good(self.imap.select('INBOX'))
        self.good(self.imap.append(self.wire(name), '(\\Seen)' if r.random() < .5 else '', imaplib.Time2Internaldate(1795329000 + n), source))
        digest = hashlib.sha256(source).hexdigest()
        self.test.ledger.add(digest, 'number %d' % n)
        self.test.endanger(name, [digest])
        return 'writes number %d into %s' % (n, name)

    def pick(self):
        names = [n for n in self.folders() if n not in self.test.made_anew]
        self.r.shuffle(names)
        for name in names:
            there = self.open(name)
            if there:
                chosen = self.r.sample(sorted(there), self.r.randint(1, min(3, len(there))))
                self.chosen = [there[uid][0] for uid in chosen]
                return name, {uid: there[uid] for uid in chosen}
        return None, {}

    def mark(self):
        name, chosen = self.pick()
        if not chosen:
            return None
        flag, sign = self.r.choice(sorted(FLAGS)), self.r.choice('+-')
        self.good(self.imap.uid('STORE', ','.join(map(str, chosen)), sign + 'FLAGS', '(%s)' % FLAGS[flag]))
        return 'marks %s%s %s in %s' % (sign, flag, self.test.say(chosen), name)

    def copy_to(self, chosen, to):
        self.good(self.imap.uid('COPY', ','.join(map(str, chosen)), self.wire(to)))
        self.test.endanger(to, [d for d, _ in chosen.values()])

    def remove(self, chosen):
        self.good(self.imap.uid('STORE', ','.join(map(str, chosen)), '+FLAGS', '(\\Deleted)'))
        self.good(self.imap.expunge())

    def copy(self):
        name, chosen = self.pick()
        if not chosen:
            return None
        to = self.r.choice(self.folders())
        for d, _ in chosen.values():
            self.test.ledger.copied(d)
        self.copy_to(chosen, to)
        return 'copies %s from %s to %s' % (self.test.say(chosen), name, to)

    def move(self):
        name, chosen = self.pick()
        to = self.r.choice([f for f in self.folders() if f != name])
        if not chosen:
            return None
        for d, _ in chosen.values():
            if d in self.test.in_flight:    # where nothing moves at once, both may have copied it before either removed it
                self.test.ledger.copied(d)
        self.copy_to(chosen, to)
        self.remove(chosen)
        return 'moves %s from %s to %s' % (self.test.say(chosen), name, to)

    def delete(self):
        name, chosen = self.pick()
        if not chosen:
            return None
        self.test.ledger.deleted(d for d, _ in chosen.values())
        self.remove(chosen)
        return 'deletes %s in %s' % (self.test.say(chosen), name)

    def create(self):
        name = self.test.new_name(self.folders())
        self.good(self.imap.create(self.wire(name)))
        return 'makes %s' % name

    def own_folders(self):
        return [f for f in self.folders() if f != 'INBOX' and f not in ROLES]

    def rename(self):
        names = self.own_folders()
        if not names:
            return None
        old, new = self.r.choice(names), self.test.new_name([])
        self.good(self.imap.select('INBOX'))
        self.good(self.imap.rename(self.wire(old), self.wire(new)))
        self.test.folder_is_gone(old, new)
        return 'renames %s to %s' % (old, new)

    def delete_mailbox(self, name):
        """Cyrus, where it keeps deleted mailboxes for a while, cannot keep two of one name in the same second."""
        answer = self.imap.delete(self.wire(name))
        if answer[0] != 'OK' and self.test.kind == 'cyrus-alt':
            time.sleep(1.1)
            answer = self.imap.delete(self.wire(name))
        self.good(answer)

    def delete_folder(self):
        names = [f for f in self.own_folders() if not any(x.startswith(f + '/') for x in self.folders())]
        if len(names) < 3:
            return None
        name = self.r.choice(names)
        there = self.open(name)
        if len(there) > MANY:
            return None
        self.test.ledger.deleted(d for d, _ in there.values())
        self.good(self.imap.select('INBOX'))
        self.delete_mailbox(name)
        return 'deletes the folder %s with %s' % (name, self.test.say(there))

    def make_anew(self):
        """The same mail in another mailbox of the same name: UIDVALIDITY is another."""
        names = [f for f in self.own_folders() if f not in self.test.made_anew and not any(x.startswith(f + '/') for x in self.folders())]
        if not names:
            return None
        name, aside = self.r.choice(names), self.test.new_name([])
        there = self.open(name)
        if not there or len(there) > MANY:      # an empty one is doubted for an hour
            return None
        self.good(self.imap.create(self.wire(aside)))
        self.good(self.imap.uid('COPY', '1:*', self.wire(aside)))
        self.good(self.imap.select('INBOX'))
        self.delete_mailbox(name)
        self.good(self.imap.rename(self.wire(aside), self.wire(name)))
        self.test.made_anew.add(name)
        self.test.endanger(name, [d for d, _ in there.values()])
        return 'makes %s anew with %s' % (name, self.test.say(there))

    def act(self):
        self.chosen = []
        try:
            return self.r.choices((self.write, self.mark, self.move, self.copy, self.delete, self.create, self.rename, self.delete_folder, self.make_anew),
                                  (12, 20, 16, 6, 6, 2, 2, 1, 1))[0]()
        except imaplib.IMAP4.abort:     # Dovecot, when Posthorn has renamed or deleted the mailbox that is open here
            for d in self.chosen:
                self.test.ledger.copied(d)
            self.log_in()
            return 'is sent away'


class Posthorn:
    def __init__(self, test):
        self.test, self.r, d = test, test.r, test.dir
        self.profile = d + '/profile'
        with open(d + '/password', 'w') as f:
            f.write('ana-pw\n')
        self.env = dict(os.environ, DBUS_SESSION_BUS_ADDRESS='unix:path=/nonexistent', HOME=d, XDG_DATA_HOME=d + '/x', XDG_CONFIG_HOME=d + '/x', XDG_CACHE_HOME=d + '/x',
                        TZ='UTC', LC_ALL='C.UTF-8', POSTHORN_PASSWORD_FILE_1=d + '/password')
        self.digests = {}       # message id → digest
        self.child = None       # a sync that runs
        self.good('account', 'add', '--email', 'ana@posthorn.test', '--incoming', 'imap', '--host', '127.0.0.1', '--port', test.proxy.port, '--security', 'plaintext',
                  '--smtp-host', '127.0.0.1', '--smtp-port', test.facts['smtp_tls'], '--no-check', '--password-file', d + '/password')
        self.good('folder', 'create', 'Shelf', '--account', 0)
        self.shelf = next(f for f in self.good('folder', 'list', 0)['folders'] if f['path'] == 'Shelf')

    def run(self, *args, json_out=True, seconds=60):
        command = [PROGRAM, '--profile', self.profile, *(['--json'] if json_out else []), *map(str, args)]
        if os.environ.get('POSTHORN_TRACE') and args[0] == 'sync':
            command[1:1] = ['--trace', os.path.join(os.environ['POSTHORN_TRACE'], 'trace-%04d' % self.test.n_syncs)]
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.env)
        if args[0] == 'sync':
            self.child = child
        try:
            out, err = child.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            raise Fault('posthorn-cli %s hangs' % ' '.join(map(str, args)))
        finally:
            if args[0] == 'sync':
                self.child = None
        return child.returncode, out, err.decode(errors='replace')

    def good(self, *args):
        status, out, err = self.run(*args)
        if status != 0:
            raise Fault('posthorn-cli %s: status %s\n%s%s' % (' '.join(map(str, args)), status, out.decode(errors='replace'), err))
        return json.loads(out)

    def folders(self):
        return {f['path']: f for f in self.good('folder', 'list', 1)['folders'] if f['role'] != 'outbox'}

    def messages(self, folder):
        return self.good('message', 'list', folder['id'], '--limit', 100000)['messages']

    def digest(self, message):
        if not message.get('whole', True):
            return 'not whole: %s' % message['message_id']
        if message['id'] not in self.digests:
            status, out, err = self.run('message', 'show', message['id'], '--source', json_out=False)
            if status != 0:
                raise Fault('message %s cannot be shown: %s' % (message['id'], err))
            self.digests[message['id']] = hashlib.sha256(out).hexdigest()
        return self.digests[message['id']]

    def state(self):
        return {path: Counter((self.digest(m), frozenset(k for k in FLAGS if m[k])) for m in self.messages(f)) for path, f in self.folders().items()}

    def on_this_computer(self):
        """On the shelf, and in folders made for what could not be put to the server, because its folder went meanwhile."""
        return Counter(self.digest(m) for f in self.good('folder', 'list', 0)['folders'] for m in self.messages(f))

    def pick(self):
        found = self.folders()
        names = sorted(found)
        self.r.shuffle(names)
        for name in names:
            there = [m for m in self.messages(found[name]) if m.get('whole', True)]
            if there:
                return name, self.r.sample(sorted(there, key=lambda m: m['id']), self.r.randint(1, min(3, len(there))))
        return None, []

    def say(self, chosen):
        return self.test.say({m['id']: (self.digest(m), None) for m in chosen})

    def mark(self):
        name, chosen = self.pick()
        flag = self.r.choice(sorted(FLAGS))
        how = flag if self.r.random() < .6 else UNDO[flag]
        if not chosen:
            return None
        self.good('message', 'mark', *(m['id'] for m in chosen), '--' + how)
        return 'marks %s as %s in %s' % (self.say(chosen), how, name)

    def transfer(self, verb):
        name, chosen = self.pick()
        if not chosen:
            return None
        found = self.folders()
        to = self.r.choice(sorted(f for f in found if f != name))
        digests = [self.digest(m) for m in chosen]
        said = self.say(chosen)
        self.good('message', verb, *(m['id'] for m in chosen), '--to', found[to]['id'])
        if verb == 'move':
            self.test.take_off(digests)
        else:
            for d in digests:
                self.test.ledger.copied(d)
        self.test.endanger(to, digests)
        return '%s %s from %s to %s' % (verb, said, name, to)

    def move(self):
        return self.transfer('move')

    def copy(self):
        return self.transfer('copy')

    def delete(self):
        name, chosen = self.pick()
        if not chosen:
            return None
        said, for_good = self.say(chosen), name == 'Trash' or self.r.random() < .4
        if for_good:
            self.test.ledger.deleted([self.digest(m) for m in chosen])
        else:
            self.test.take_off([self.digest(m) for m in chosen])
        self.good('message', 'delete', *(m['id'] for m in chosen), *(['--for-good'] if for_good else []))
        return 'deletes %s in %s%s' % (said, name, ' for good' if for_good else '')

    def take_away(self):
        """From the server to this computer alone; where the other client moves it at the same time, both have it."""
        name, chosen = self.pick()
        if not chosen:
            return None
        for m in chosen:
            self.test.ledger.copied(self.digest(m))
        said = self.say(chosen)
        self.good('message', 'move', *(m['id'] for m in chosen), '--to', self.shelf['id'])
        return 'takes %s from %s off the server' % (said, name)

    def put_back(self):
        there = self.messages(self.shelf)
        if not there:
            return None
        found = self.folders()
        chosen = self.r.sample(sorted(there, key=lambda m: m['id']), self.r.randint(1, min(3, len(there))))
        to, said = self.r.choice(sorted(found)), self.say(chosen)
        self.good('message', 'move', *(m['id'] for m in chosen), '--to', found[to]['id'])
        self.test.endanger(to, [self.digest(m) for m in chosen])
        return 'puts %s back into %s' % (said, to)

    def create(self):
        name = self.test.new_name(sorted(self.folders()))
        self.good('folder', 'create', name, '--account', 1)
        return 'makes %s' % name

    def can_change_folders(self):
        status, out, _ = self.run('folder', 'create', 'First', '--account', 1)
        return status == 0 or json.loads(out)['error']['code'] != 'not-available'

    def own_folders(self):
        return {n: f for n, f in self.folders().items() if not f['role'] and n != 'INBOX' and n not in ROLES}

    def rename(self):
        found = self.own_folders()
        if not found:
            return None
        old = self.r.choice(sorted(found))
        new = self.test.new_name([])
        self.good('folder', 'rename', found[old]['id'], new)
        self.test.folder_is_gone(old, new)
        return 'renames %s to %s' % (old, new)

    def move_folder(self):
        found = self.own_folders()
        if not found:
            return None
        old = self.r.choice(sorted(found))
        base = old.rsplit('/', 1)[-1]
        into = self.r.choice([n for n in [''] + sorted(found) + ['Archive'] if n == '' or (n in self.folders() and n != old and not n.startswith(old + '/'))])
        new = into + '/' + base if into else base
        if new in self.folders():
            return None
        self.good('folder', 'move', found[old]['id'], *(['--to', self.folders()[into]['id']] if into else []))
        self.test.folder_is_gone(old, new)
        return 'moves %s to %s' % (old, new)

    def delete_folder(self):
        found = self.own_folders()
        names = [n for n in sorted(found) if not any(x.startswith(n + '/') for x in found)]
        if len(names) < 3:
            return None
        name = self.r.choice(names)
        there = self.messages(found[name])
        if len(there) > MANY:
            return None
        self.test.ledger.deleted([self.digest(m) for m in there if m.get('whole', True)])
        self.test.doom(name)
        self.good('folder', 'delete', found[name]['id'], '--with-messages')
        return 'deletes the folder %s with %d messages' % (name, len(there))

    def act(self):
        return self.r.choices((self.mark, self.move, self.copy, self.delete, self.create, self.rename, self.move_folder, self.delete_folder, self.take_away,
                               self.put_back), (20, 18, 6, 6, 2, 2, 2, 1, 3, 4))[0]()


class TwoClients:
    def __init__(self, kind, seed, changes, d):
        self.kind, self.seed, self.changes, self.dir = kind, seed, changes, d
        self.r = random.Random(seed)
        self.facts = servers.start(d, 'dovecot', kind)
        self.ledger, self.n_names, self.n_changes, self.n_syncs = Ledger(), 0, 0, 0
        self.doomed = set()     # folders that Posthorn was told to delete, whatever is in them by then
        self.made_anew = set()  # folders that must not be emptied before Posthorn has seen them
        self.in_flight = set()  # what Posthorn moves, on a server without MOVE
        self.counts = Counter()
        self.proxy = Proxy(self.facts['ports']['imap'])
        self.other, self.posthorn = Other(self), Posthorn(self)
        self.log_lines = []

    def log(self, text):
        self.log_lines.append(text)
        if os.environ.get('POSTHORN_VERBOSE'):
            print(text, flush=True)

    def say(self, chosen):
        return ', '.join(sorted(self.ledger.names.get(d, '?') for d, _ in chosen.values())) or 'nothing'

    def new_name(self, parents):
        """Never the same twice: a folder made anew under an old name is doubted for an hour."""
        self.n_names += 1
        words = [w for w in WORDS if '"' not in w] if self.kind.startswith('cyrus') else WORDS     # Cyrus refuses a quotation mark in a name
        name = '%s %d' % (self.r.choice(words).replace('/', '-'), self.n_names)
        parents = [p for p in parents if p != 'INBOX' and p not in ROLES and p.count('/') < 2]
        return self.r.choice(parents) + '/' + name if parents and self.r.random() < .3 else name

    def doom(self, name):
        self.doomed.add(name)
        if name in self.other.folders():
            self.ledger.deleted(d for d, _ in self.other.open(name).values())

    def folder_is_gone(self, old, new):
        for name in sorted(self.doomed):
            if name == old or name.startswith(old + '/'):
                self.doomed.add(new + name[len(old):])

    def take_off(self, digests):
        if self.kind == 'rev1':
            self.in_flight.update(digests)

    def endanger(self, name, digests):
        if name in self.doomed:
            self.ledger.deleted(digests)

    def change(self, who, name):
        done = who.act()
        if done:
            self.n_changes += 1
            self.counts[name] += 1
            self.log('%4d %s %s' % (self.n_changes, name, done))

    def sync(self, mishap):
        """One sync of Posthorn with a mishap at a byte of the seed's choice; whether it was undisturbed, and its report."""
        self.n_syncs += 1
        state = {'fault': None, 'happened': None}
        after = int(10 ** self.r.uniform(2, 4.3)) if mishap else None
        n_others = self.r.randint(1, 4)

        def happen():
            state['happened'] = mishap
            if mishap == 'cut':
                return True
            if mishap == 'kill':
                child = self.posthorn.child
                if child:
                    child.send_signal(signal.SIGKILL)
                return True
            try:
                for _ in range(n_others):
                    if mishap == 'others':
                        self.change(self.other, 'other, during a sync,')
                    else:
                        self.change(self.posthorn, 'Posthorn, during a sync,')
            except Exception as e:
                state['fault'] = e
            return False
        self.proxy.arm(after, happen)
        status, out, err = self.posthorn.run('sync', 1)
        self.proxy.arm(None, None)
        self.proxy.forget()
        if state['fault']:
            raise state['fault']
        if state['happened']:
            self.counts[mishap] += 1
        self.log('     sync %d: %s, status %s %s' % (self.n_syncs, '%s after %d bytes' % (mishap, after) if state['happened'] else 'undisturbed', status, out.decode(errors='replace').strip()))
        if state['happened'] in ('cut', 'kill'):
            return False, None
        # A mailbox that goes while it is open: Dovecot says so, Cyrus leaves without a word.
        if state['happened'] == 'others' and status == 1 and (b'please relogin' in out or (self.kind.startswith('cyrus') and b'"code":"network"' in out)):
            return False, None
        # a folder that the other client renamed or deleted first: that is said, and undone here
        if status not in (0, 3) and not (status == 1 and json.loads(out)['error']['code'] in ('refused', 'not-found')):
            raise Fault('an undisturbed sync failed with status %s: %s%s' % (status, out.decode(errors='replace'), err))
        return not state['happened'], json.loads(out)['accounts'][0]

    def differences(self):
        ours, theirs = self.posthorn.state(), self.other.state()
        for name in sorted(set(ours) | set(theirs)):
            if name not in theirs and not ours[name] and any(x.startswith(name + '/') for x in ours):
                continue        # no mailbox, only a name above others
            if name not in ours or name not in theirs:
                yield 'the folder %s is only %s' % (name, 'on the server' if name in theirs else 'here')
                continue
            for side, more in (('here', ours[name] - theirs[name]), ('on the server', theirs[name] - ours[name])):
                for (digest, flags), n in sorted(more.items(), key=str):
                    yield 'only %s in %s: %s with %s' % (side, name, self.ledger.names.get(digest, digest), ' '.join(sorted(flags)) or 'no flags')

    def settle(self):
        """Syncs until nothing more is done, then compares. What Posthorn believes only at a second look takes a pass more."""
        quiet, differences = 0, []
        for _ in range(12):
            _, report = self.sync(None)
            idle = report['new'] == report['deleted'] == report['flags_changed'] == 0 and not report['errors']
            quiet = quiet + 1 if idle else 0
            if quiet >= 2:
                differences = list(self.differences())
                if not differences:
                    break
        else:
            raise Fault('the two sides do not become the same:\n  ' + '\n  '.join(differences or list(self.differences()) or ['no difference, but no quiet either']))
        there = Counter()
        for box in self.other.state().values():
            for (digest, _), n in box.items():
                there[digest] += n
        there += self.posthorn.on_this_computer()
        faults = list(self.ledger.faults(there))
        if faults:
            raise Fault('mail was lost or doubled:\n  ' + '\n  '.join(faults))
        self.ledger.settled(there)
        self.doomed.clear()
        self.made_anew.clear()
        self.in_flight.clear()
        faults = self.posthorn.good('check')['faults']
        if faults:
            raise Fault('posthorn-cli check: %s' % faults)
        if self.kind == 'rev1' and os.path.getsize(self.dir + '/rev1.log'):
            raise Fault('Posthorn used what the server does not have:\n' + open(self.dir + '/rev1.log').read()[:2000])
        self.log('     both sides are the same: %d messages in %d folders' % (sum(there.values()), len(self.other.folders())))

    def run(self):
        for _ in range(12):
            self.other.write()
        for _ in range(4):
            self.other.create()
        self.settle()
        if not self.posthorn.can_change_folders():
            return False
        n_round = 0
        while self.n_changes < self.changes:
            n_round += 1
            for _ in range(self.r.randint(2, 8)):
                who, name = self.r.choice(((self.posthorn, 'Posthorn'), (self.posthorn, 'Posthorn'), (self.other, 'other')))
                self.change(who, name)
            self.sync(self.r.choice((None, 'cut', 'kill', 'kill', 'others', 'others', 'cut', 'itself')))
            if n_round % 4 == 0:
                self.settle()
        self.settle()
        return True


def main():
    kind = sys.argv[1] if len(sys.argv) > 1 else 'full'
    seed = int(os.environ.get('POSTHORN_SEED') or (sys.argv[2] if len(sys.argv) > 2 else random.SystemRandom().randrange(1, 1000000)))
    changes = int(os.environ.get('POSTHORN_CHANGES') or (sys.argv[3] if len(sys.argv) > 3 else 40))
    print('two clients on "%s": POSTHORN_SEED=%d POSTHORN_CHANGES=%d' % (kind, seed, changes), flush=True)
    d = tempfile.mkdtemp(prefix='posthorn-', dir='/tmp')
    test, began = None, time.monotonic()
    try:
        test = TwoClients(kind, seed, changes, d)
        if not test.run():
            print('this posthorn-cli cannot change the folders of an IMAP account: skipped')
            return 77
    except Exception as e:
        if test:
            print('\n'.join(test.log_lines[-int(os.environ.get('POSTHORN_LOG_LINES') or 60):]))
        print('POSTHORN_SEED=%d after %s: %s: %s' % (seed, test and test.n_changes, type(e).__name__, e), flush=True)
        if not isinstance(e, Fault):
            raise
        return 1
    finally:
        servers.stop(d)
        if os.environ.get('POSTHORN_KEEP'):
            print('kept: ' + d)
        else:
            shutil.rmtree(d, ignore_errors=True)
    print('%d changes, %d syncs: %s; %.0f s' % (test.n_changes, test.n_syncs, ', '.join('%s %d' % (k, v) for k, v in sorted(test.counts.items())), time.monotonic() - began))
    return 0


if __name__ == '__main__':
    sys.exit(main())
