# SPDX-License-Identifier: GPL-3.0-or-later
"""An IMAP server made after a description: tests/data/imap/<server>.txt, whose README says how they are written. It keeps mailboxes, answers
what it is asked in the way of the server that it is named after, and notes what a client asks that this server never offered."""
import base64, fnmatch, re, shlex, socket, threading

FLAG_WORDS = ('\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft')
NEEDS = (   # (a command, what must have been offered for it)
    (r'IDLE\b', 'IDLE'), (r'(UID )?MOVE\b', 'MOVE'), (r'UID EXPUNGE\b', 'UIDPLUS'), (r'ENABLE\b', 'ENABLE'), (r'ID\b', 'ID'), (r'NAMESPACE\b', 'NAMESPACE'), (r'XLIST\b', 'XLIST'),
    (r'COMPRESS\b', 'COMPRESS=DEFLATE'), (r'UNSELECT\b', 'UNSELECT'), (r'LIST .*RETURN \(', 'LIST-EXTENDED'), (r'(SELECT|EXAMINE) .*\((CONDSTORE|QRESYNC)', 'CONDSTORE'),
    (r'(UID )?FETCH .*(CHANGEDSINCE|\bMODSEQ\b)', 'CONDSTORE'), (r'STATUS .*HIGHESTMODSEQ', 'CONDSTORE'), (r'(UID )?SEARCH RETURN', 'ESEARCH'), (r'CREATE .*\(USE', 'CREATE-SPECIAL-USE'),
    (r'(UID )?FETCH .*X-GM-', 'X-GM-EXT-1'), (r'(UID )?FETCH .*(EMAILID|THREADID)', 'OBJECTID'))


class Message:
    def __init__(self, uid, flags, date, source, facts):
        self.uid, self.flags, self.date, self.source, self.facts = uid, set(flags), date, source, facts
        self.modseq = 1


class Mailbox:
    def __init__(self, name, attributes):
        self.name, self.attributes = name, attributes
        self.uidvalidity, self.uidnext, self.modseq, self.messages = 1, 1, 1, []
        self.lines = None       # of LIST, where the description gives them itself

    def touch(self, message):
        self.modseq += 1
        message.modseq = self.modseq

    def add(self, flags, date, source, facts):
        message = Message(self.uidnext, flags, date, source, facts)
        self.uidnext += 1
        self.messages.append(message)
        self.touch(message)
        return message


class Rule:
    def __init__(self, pattern, once, mailbox):
        self.pattern, self.once, self.mailbox, self.lines = pattern, once, mailbox, []


class Description:
    """What a file in tests/data/imap says."""

    @staticmethod
    def words_of(text):
        """Words, quoted where they hold spaces; a backslash is one, but before a quotation mark."""
        return shlex.split(re.sub(r'\\(?!")', r'\\\\', text))

    def __init__(self, path):
        self.greeting, self.capability, self.delimiter, self.namespace = '* OK ready', 'IMAP4rev1', '/', None
        self.mailboxes, self.rules, self.expects, self.elsewhere, self.options = [], [], [], [], {}
        with open(path, encoding='utf-8') as f:
            self.head, body = [], []
            for line in f:
                (self.head if line.startswith('#') else body).append(line.rstrip('\n'))
        box = message = rule = None
        for number, line in enumerate(body):
            word, _, rest = line.strip().partition(' ')
            if line.startswith('|'):
                message.source += line[2:].encode() + b'\r\n'
            elif line.startswith('S:'):
                rule.lines.append(line[3:])
            elif not word:
                continue
            elif word in ('greeting', 'capability', 'delimiter', 'namespace'):
                setattr(self, word, rest)
            elif word == 'option':
                key, _, value = rest.partition(' ')
                self.options[key] = value or True
            elif word == 'mailbox':
                name, *attributes = self.words_of(rest)
                box = Mailbox(name, attributes)
                self.mailboxes.append(box)
            elif word in ('uidvalidity', 'uidnext'):
                setattr(box, word, int(rest))
            elif word == 'message':     # message UID "date" \Flag… fact=value…
                uid, date, *more = self.words_of(rest)
                box.uidnext = int(uid)
                message = box.add([w for w in more if '=' not in w], date, b'', dict(w.split('=', 1) for w in more if '=' in w))
            elif word == 'on':          # on [once] [in "mailbox"] PATTERN
                m = re.match(r'(once )?(?:in "([^"]*)" )?(.*)', rest)
                rule = Rule(m.group(3), bool(m.group(1)), m.group(2))
                self.rules.append(rule)
            elif word == 'elsewhere':   # elsewhere rename OLD NEW, elsewhere copy MAILBOX MESSAGE-ID TARGET, elsewhere remove MAILBOX MESSAGE-ID
                self.elsewhere.append(self.words_of(rest))
            elif word == 'expect':
                self.expects.append(self.words_of(rest))
            else:
                raise ValueError('%s: what is “%s”?' % (path, line))


def in_set(text, number, last):
    for part in text.split(','):
        low, _, high = part.partition(':')
        ends = [last if x == '*' else int(x) for x in (low, high or low)]
        if min(ends) <= number <= max(ends):
            return True
    return False


class Connection(threading.Thread):
    def __init__(self, server, sock):
        super().__init__(daemon=True)
        self.server, self.d, self.sock, self.f = server, server.d, sock, sock.makefile('rb')
        self.box = None
        self.tag = ''

    def run(self):
        try:
            self.say(self.d.greeting)
            while self.command():
                pass
        except (OSError, EOFError):
            pass
        self.f.close()
        self.sock.close()

    def say(self, text, *more):
        data = text.encode('utf-8', 'surrogateescape') if isinstance(text, str) else text
        self.sock.sendall(b''.join((data, *more)) + b'\r\n')

    def end(self, text):
        self.say('%s %s' % (self.tag, text))

    def read(self):
        """A command and its literals: the words with {…} where a literal stood, and the literals."""
        text, literals = '', []
        while True:
            line = self.f.readline()
            if not line.endswith(b'\r\n'):
                raise EOFError
            line = line[:-2].decode('utf-8', 'surrogateescape')
            literal = re.search(r'\{(\d+)(\+|-)?\}$', line)
            if not literal:
                return text + line, literals
            if literal.group(2) and 'LITERAL+' not in self.d.capability.split() and 'LITERAL-' not in self.d.capability.split():
                self.server.faults.append('LITERAL+ was never offered')
            if not literal.group(2):
                self.say('+ go on')
            literals.append(self.f.read(int(literal.group(1))))
            text += line[:literal.start()] + '{%d}' % (len(literals) - 1)

    def command(self):
        text, literals = self.read()
        self.tag, _, words = text.partition(' ')
        verb = words.partition(' ')[0].upper()
        self.server.log.append(words)
        offered = set(self.d.capability.split())
        for pattern, need in NEEDS:
            if re.match(pattern, words, re.I) and not {need, 'QRESYNC' if need == 'CONDSTORE' else need} & offered:
                self.server.faults.append('“%s” needs %s, which was never offered' % (words, need))
                self.end('BAD unknown command')
                return True
        with self.server.lock:
            if self.follow_rule(words, literals):
                return verb != 'LOGOUT'
            return self.answer(verb, words, literals)

    def follow_rule(self, words, literals):
        for rule in self.d.rules:
            if rule.mailbox not in (None, self.box and self.box.name) or not fnmatch.fnmatchcase(words, rule.pattern.replace('[', '[[]')):
                continue
            if rule.once:
                self.d.rules.remove(rule)
            for line in rule.lines:
                if line == 'HANGUP':
                    raise EOFError
                if line == 'PASS':
                    return False
                if line == 'FASTER':        # another client did it a moment ago
                    self.say = lambda *_: None
                    self.answer(words.partition(' ')[0].upper(), words, literals)
                    del self.say
                    continue
                if line == 'CUT':           # done, and nobody hears of it
                    self.say = lambda *_: None
                    self.answer(words.partition(' ')[0].upper(), words, literals)
                    raise EOFError
                line = line.encode().decode('unicode_escape') if '\\x' in line else line
                self.say(line.encode('latin-1', 'replace') if '\\x' in line else line) if line[:1] in '*+' else self.end(line)
            return True
        return False

    def arguments(self, words, literals):
        """The words of a command: strings and literals as they are, lists with their brackets."""
        found = []
        for m in re.finditer(r'"((?:[^"\\]|\\.)*)"|\{(\d+)\}|(\((?:[^()]|\([^()]*\))*\))|(\S+)', words):
            found.append(re.sub(r'\\(.)', r'\1', m.group(1)) if m.group(1) is not None else literals[int(m.group(2))] if m.group(2) else m.group(0))
        return found

    def answer(self, verb, words, literals):
        if verb == 'UID':
            words = words[4:]
            return self.on_message_command(words.partition(' ')[0].upper(), words, True)
        if verb in ('FETCH', 'STORE', 'COPY', 'MOVE', 'SEARCH', 'EXPUNGE'):
            return self.on_message_command(verb, words, False)
        method = getattr(self, 'do_' + verb.lower(), None)
        if not method:
            self.end('BAD unknown command')
            return True
        return method(self.arguments(words, literals)[1:], words) is not False

    # --- the connection

    def do_capability(self, a, words):
        self.say('* CAPABILITY ' + self.d.capability)
        self.end('OK done')

    def do_login(self, a, words):
        self.end('OK LOGIN completed')

    def do_authenticate(self, a, words):
        line = a[1] if len(a) > 1 else None
        if not line:
            self.say('+ ')
            line = self.f.readline().decode().strip()
        base64.b64decode(line)
        self.end('OK AUTHENTICATE completed')

    def do_noop(self, a, words):
        self.end('OK done')

    do_check = do_subscribe = do_unsubscribe = do_noop

    def do_id(self, a, words):
        self.say('* ID NIL')
        self.end('OK done')

    def do_enable(self, a, words):
        self.say('* ENABLED')
        self.end('OK done')

    def do_namespace(self, a, words):
        self.say('* NAMESPACE ' + (self.d.namespace or '(("" "%s")) NIL NIL' % self.d.delimiter))
        self.end('OK done')

    def do_logout(self, a, words):
        self.say('* BYE')
        self.end('OK done')
        return False

    def do_idle(self, a, words):
        self.say('+ idling')
        self.f.readline()
        self.end('OK done')

    # --- mailboxes

    def quote(self, name):
        return '"%s"' % name.replace('\\', '\\\\').replace('"', '\\"')

    def do_list(self, a, words):
        if len(a) > 1 and a[1] == '':
            self.say('* LIST (\\Noselect) "%s" ""' % self.d.delimiter.replace('\\', '\\\\'))
        else:
            for box in self.d.mailboxes:
                self.say('* %s (%s) "%s" %s' % (words.split()[0].upper(), ' '.join(box.attributes), self.d.delimiter.replace('\\', '\\\\'), self.quote(box.name)))
                status = re.search(r'STATUS \(([^)]*)\)', words)
                if status and '\\Noselect' not in box.attributes:
                    self.say_status(box, status.group(1))
        self.end('OK done')

    do_lsub = do_xlist = do_list

    def say_status(self, box, items):
        values = dict(MESSAGES=len(box.messages), RECENT=0, UNSEEN=sum('\\Seen' not in m.flags for m in box.messages), UIDVALIDITY=box.uidvalidity, UIDNEXT=box.uidnext,
                      HIGHESTMODSEQ=box.modseq)
        if 'no-uidnext' in self.d.options:
            del values['UIDNEXT']
        self.say('* STATUS %s (%s)' % (self.quote(box.name), ' '.join('%s %d' % (w, values[w]) for w in items.split() if w in values)))

    def do_status(self, a, words):
        box = self.server.find(a[0])
        if not box or '\\Noselect' in box.attributes:
            self.end('NO no such mailbox')
            return
        self.say_status(box, a[1].strip('()'))
        self.end('OK done')

    def do_select(self, a, words):
        box = self.server.find(a[0])
        if not box or '\\Noselect' in box.attributes:
            self.box = None
            self.end('NO no such mailbox')
            return
        self.box = box
        self.say('* FLAGS (%s)' % ' '.join(FLAG_WORDS))
        self.say('* %d EXISTS' % len(box.messages))
        self.say('* 0 RECENT')
        self.say('* OK [PERMANENTFLAGS (%s)] ok' % ' '.join(FLAG_WORDS))
        self.say('* OK [UIDVALIDITY %d] ok' % box.uidvalidity)
        if 'no-uidnext' not in self.d.options:
            self.say('* OK [UIDNEXT %d] ok' % box.uidnext)
        if 'CONDSTORE' in self.d.capability or 'modseq-without-condstore' in self.d.options:
            self.say('* OK [HIGHESTMODSEQ %d] ok' % box.modseq)
        self.end('OK [READ-WRITE] done')

    do_examine = do_select

    def do_close(self, a, words):
        self.box = None
        self.end('OK done')

    do_unselect = do_close

    def do_create(self, a, words):
        if self.server.find(a[0]):
            self.end('NO [ALREADYEXISTS] it is there')
            return
        use = re.search(r'\(USE \(([^)]*)\)', words)
        self.d.mailboxes.append(Mailbox(a[0], use.group(1).split() if use else []))
        self.end('OK done')

    def do_append(self, a, words):
        box = self.server.find(a[0])
        if not box:
            self.end('NO [TRYCREATE] no such mailbox')
            return
        flags = next((w.strip('()').split() for w in a[1:-1] if isinstance(w, str) and w.startswith('(')), [])
        date = next((w for w in a[1:-1] if isinstance(w, str) and not w.startswith('(')), '01-Jan-2026 00:00:00 +0000')
        message = box.add(flags, date, a[-1], {})
        self.end('OK %sdone' % ('[APPENDUID %d %d] ' % (box.uidvalidity, message.uid) if 'UIDPLUS' in self.d.capability else ''))

    # --- messages

    def on_message_command(self, verb, words, by_uid):
        if not self.box:
            self.end('BAD Command received in Invalid state.')
        elif verb == 'SEARCH':
            self.search(words)
        elif verb == 'EXPUNGE':
            self.expunge(words.split()[1] if by_uid else None)
        else:
            name, chosen, rest = re.match(r'(\S+) (\S+) (.*)', words).groups()
            last = (self.box.messages[-1].uid if self.box.messages else 0) if by_uid else len(self.box.messages)
            found = [(n, m) for n, m in enumerate(self.box.messages, 1) if in_set(chosen, m.uid if by_uid else n, last)]
            getattr(self, verb.lower())(found, rest, by_uid)
        return True

    def search(self, words):
        chosen = list(self.box.messages)
        last = chosen[-1].uid if chosen else 0
        for found in re.findall(r'UID ([\d:*,]+)', words):
            chosen = [m for m in chosen if in_set(found, m.uid, last)]
        if re.search(r'\bDELETED\b', words):
            chosen = [m for m in chosen if '\\Deleted' in m.flags]
        header = re.search(r'HEADER "?Message-ID"? (.*)$', words, re.I)
        if header:
            chosen = [m for m in chosen if header.group(1).strip('"').encode() in m.source.partition(b'\r\n\r\n')[0]]
        uids = [m.uid for m in chosen]
        if 'RETURN' in words:
            self.say('* ESEARCH (TAG "%s") UID%s' % (self.tag, ' ALL ' + ','.join(map(str, uids)) if uids else ''))
        else:
            self.say('* SEARCH' + ''.join(' %d' % u for u in uids))
        self.end('OK done')

    def expunge(self, chosen):
        last = self.box.messages[-1].uid if self.box.messages else 0
        for n in range(len(self.box.messages), 0, -1):
            message = self.box.messages[n - 1]
            if '\\Deleted' in message.flags and (not chosen or in_set(chosen, message.uid, last)):
                del self.box.messages[n - 1]
                self.box.modseq += 1
                self.say('* %d EXPUNGE' % n)
        self.end('OK done')

    def items_of(self, message, words):
        """(name, bytes) of what was asked for, in the order of the option fetch-order, else as asked."""
        head, _, _ = message.source.partition(b'\r\n\r\n')
        size = int(message.facts.get('size', len(message.source)))
        found = []
        for item in re.findall(r'BODY(?:\.PEEK)?\[[^\]]*\]|[A-Z][A-Z0-9.-]*', words):
            if item == 'FLAGS':
                value = '(%s)' % ' '.join(sorted(message.flags))
            elif item == 'INTERNALDATE':
                value = self.quote(message.date)
            elif item == 'RFC822.SIZE':
                value = size
            elif item == 'UID':
                value = message.uid
            elif item == 'MODSEQ':
                value = '(%d)' % message.modseq
            elif item == 'X-GM-MSGID':
                value = message.facts['gm']
            elif item == 'X-GM-THRID':
                value = message.facts['thread']
            elif item == 'EMAILID':
                value = '(%s)' % message.facts['email']
            elif item == 'THREADID':
                value = '(%s)' % message.facts['thread'] if 'thread' in message.facts else 'NIL'
            elif item.startswith('BODY'):
                data = message.source if item.endswith('[]') else head + b'\r\n\r\n'
                if item.endswith(')]'):
                    wanted = item[item.index('(') + 1:-2].upper().split()
                    data = b''.join(x + b'\r\n' for x in head.split(b'\r\n') if x.partition(b':')[0].decode().upper() in wanted) + b'\r\n'
                    if 'empty-header-fields' in self.d.options:
                        data = b''
                found.append((item.replace('.PEEK', ''), b'{%d}\r\n%s' % (len(data), data)))
                continue
            else:
                continue
            found.append((item, str(value).encode()))
        order = self.d.options.get('fetch-order', '').split()
        return sorted(found, key=lambda x: order.index(x[0].partition('[')[0]) if x[0].partition('[')[0] in order else 99) if order else found

    def fetch(self, found, words, by_uid):
        since = re.search(r'CHANGEDSINCE (\d+)', words)
        for n, message in found:
            if since and message.modseq <= int(since.group(1)):
                continue
            items = self.items_of(message, words)
            if 'no-uid-in-uid-fetch' in self.d.options and by_uid and any(k.startswith('BODY') for k, _ in items):
                items = [x for x in items if x[0] != 'UID']
            if any(k == 'BODY[]' for k, _ in items):
                self.server.bodies.append(message.facts.get('gm') or message.facts.get('email') or id(message))
            if 'fails' in message.facts and any(k.startswith('BODY[]') for k, _ in items):
                if message.facts['fails'] != 'silently':
                    self.end('NO %s' % message.facts['fails'].replace('_', ' '))
                    return
                continue
            if 'flags-apart' in self.d.options:
                self.say('* %d FETCH (FLAGS (%s))' % (n, ' '.join(sorted(message.flags))))
            lines = [[x, ('UID', str(message.uid).encode())] if x[0] != 'UID' else [x] for x in items] if 'split-fetch' in self.d.options else [items]
            name = 'fetch' if 'lower-case' in self.d.options else 'FETCH'
            for line in lines:
                self.say(b'* %d %s (%s)' % (n, name.encode(), b' '.join(k.encode() + b' ' + v for k, v in line)))
        self.end('OK done')

    def store(self, found, words, by_uid):
        sign, flags = re.match(r'([+-]?)FLAGS\S* \(?([^)]*)\)?', words, re.I).groups()
        for n, message in found:
            for flag in flags.split():
                (message.flags.discard if sign == '-' else message.flags.add)(flag)
            self.box.touch(message)
            if 'SILENT' not in words or 'never-silent' in self.d.options:
                self.say('* %d FETCH (FLAGS (%s))' % (n, ' '.join(sorted(message.flags))))
        self.end('OK done')

    def copy(self, found, words, by_uid, moves=False):
        target = self.server.find(self.arguments(words, [])[0])
        if not target:
            self.end('NO [TRYCREATE] no such mailbox')
            return
        new = [target.add(m.flags - {'\\Deleted'}, m.date, m.source, m.facts).uid for _, m in found]
        code = ''
        if 'UIDPLUS' in self.d.capability and found:
            code = '[COPYUID %d %s %s] ' % (target.uidvalidity, ','.join(str(m.uid) for _, m in found), ','.join(map(str, new)))
        if moves:
            if code:
                self.say('* OK %sok' % code)
            for n, m in reversed(found):
                self.box.messages.remove(m)
                self.box.modseq += 1
                self.say('* %d EXPUNGE' % n)
            code = ''
        self.end('OK %sdone' % code)

    def move(self, found, words, by_uid):
        self.copy(found, words, by_uid, True)


class Server(threading.Thread):
    def __init__(self, path):
        super().__init__(daemon=True)
        self.d, self.lock, self.faults, self.log = Description(path), threading.Lock(), [], []
        self.bodies = []        # whose bytes were asked for
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        self.start()

    def run(self):
        while True:
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            Connection(self, sock).start()

    def find(self, name):
        for box in self.d.mailboxes:
            if box.name == name or (box.name.upper() == 'INBOX' and name.upper() == 'INBOX'):
                return box
        return None

    def do_elsewhere(self, verb, name, *more):
        """Another client does it: rename NAME NEW, copy NAME MESSAGE-ID TARGET, remove NAME MESSAGE-ID."""
        with self.lock:
            box = self.find(name)
            if verb == 'rename':
                box.name = more[0]
                return
            message = next(m for m in box.messages if b'Message-ID: <%s>' % more[0].encode() in m.source)
            if verb == 'copy':
                self.find(more[1]).add(message.flags, message.date, message.source, message.facts)
            else:
                box.messages.remove(message)
                box.modseq += 1

    def close(self):
        self.listener.close()
