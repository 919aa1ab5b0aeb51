#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""rev1.py LISTEN TLS-LISTEN DOVECOT-PORT CERTIFICATE KEY LOG: stands before Dovecot's IMAP and makes of it a server that knows RFC 3501 and nothing
else. Dovecot can be told not to announce an extension, but it goes on to understand it and to speak it; here a command from an extension is
answered with BAD and written to LOG, and what only extensions send (COPYUID, APPENDUID, HIGHESTMODSEQ, SPECIAL-USE, children…) is taken out of the answers.
Literals pass untouched. There is no STARTTLS."""
import asyncio, re, ssl, sys

COMMANDS = set('CAPABILITY NOOP LOGOUT AUTHENTICATE LOGIN SELECT EXAMINE CREATE DELETE RENAME SUBSCRIBE UNSUBSCRIBE LIST LSUB STATUS APPEND CHECK CLOSE EXPUNGE '
               'SEARCH FETCH STORE COPY UID'.split())
UID_COMMANDS = {'COPY', 'FETCH', 'STORE', 'SEARCH'}
EXTENDED = (    # what a command of the base protocol has only in an extension
    ('SELECT', rb'\((CONDSTORE|QRESYNC)'), ('EXAMINE', rb'\((CONDSTORE|QRESYNC)'), ('LIST', rb'^\S+ LIST \(|\bRETURN \('), ('STATUS', rb'\b(HIGHESTMODSEQ|SIZE|MAILBOXID|APPENDLIMIT|DELETED)\b[^(]*\)\s*$'),
    ('CREATE', rb'\(USE\b'), ('AUTHENTICATE', rb'^\S+ \S+ \S+ \S'), ('FETCH', rb'\b(CHANGEDSINCE|MODSEQ|PREVIEW|SAVEDATE|EMAILID|THREADID|X-GM-\w+|BINARY[.\[])'),
    ('STORE', rb'UNCHANGEDSINCE'), ('SEARCH', rb'\b(RETURN|MODSEQ|OLDER|YOUNGER|FUZZY|EMAILID) '))
LITERAL = re.compile(rb'\{(\d+)(\+?)\}\r?\n\Z')


def refusal(line):
    """Why RFC 3501 alone does not know this command; None when it does."""
    words = line.upper().split()
    if len(words) < 2:
        return None
    command = words[1].decode('latin-1')
    if command not in COMMANDS:
        return command
    if command == 'UID':
        command = words[2].decode('latin-1') if len(words) > 2 else ''
        if command not in UID_COMMANDS:
            return 'UID ' + command
    for name, pattern in EXTENDED:
        found = name == command and re.search(pattern, line, re.I)
        if found:
            return '%s with %s' % (command, found.group().decode('latin-1').strip())
    return None


def plain_answer(line):
    """A line of the server as it would be without extensions; empty when nothing is left of it."""
    line = re.sub(rb'(?i)^(\* |.*\[)CAPABILITY [^\]\r\n]*', rb'\1CAPABILITY IMAP4rev1 AUTH=PLAIN', line, count=1)
    if re.match(rb'(?i)\* OK \[(HIGHESTMODSEQ|NOMODSEQ|UIDNOTSTICKY|MAILBOXID)', line):
        return b''
    line = re.sub(rb'(?i)^(\S+ OK )\[(COPYUID|APPENDUID|HIGHESTMODSEQ|MODIFIED|CLOSED|MAILBOXID)[^\]]*\] ?', rb'\1', line)
    found = re.match(rb'(?i)(\* (?:LIST|LSUB) \()([^)]*)(\).*)', line, re.S)
    if found:
        kept = [w for w in found.group(2).split() if w.lower() in (b'\\noselect', b'\\noinferiors', b'\\marked', b'\\unmarked')]
        line = found.group(1) + b' '.join(kept) + found.group(3)
    return line


async def pass_on(reader, writer, size):
    while size:
        piece = await reader.read(min(size, 1 << 16))
        if not piece:
            raise ConnectionError
        writer.write(piece)
        await writer.drain()
        size -= len(piece)


async def read_line(reader):
    line = await reader.readuntil(b'\n')
    return line


async def commands(reader, server, client, log, state):
    inside = False                      # after a literal: the command goes on
    while True:
        line = await read_line(reader)
        literal = LITERAL.search(line)
        reason = None
        if not inside and not state['challenged']:
            reason = refusal(line)
            state['challenged'] = not reason and line.upper().split()[1:2] == [b'AUTHENTICATE']
            state['tag'] = line.split(b' ')[0]
        if literal and literal.group(2):
            reason = 'LITERAL+'
        if reason:
            log.write('%s: %s\n' % (reason, line[:200].decode('latin-1').rstrip()))
            log.flush()
            if literal and literal.group(2):
                await reader.readexactly(int(literal.group(1)))
                await read_line(reader)
            client.write(line.split(b' ')[0] + b' BAD This server knows nothing but IMAP4rev1\r\n')
            continue
        if literal:
            state['go'] = asyncio.get_running_loop().create_future()
        server.write(line)
        await server.drain()
        inside = literal is not None and await state['go']      # Dovecot may say NO instead of "+": then no literal follows
        if inside:
            await pass_on(reader, server, int(literal.group(1)))
            await server.drain()


async def answers(reader, client, state):
    inside = False
    while True:
        line = await read_line(reader)
        literal = LITERAL.search(line)
        if not inside:
            word = line.split(b' ')[0].rstrip()
            if state['challenged'] and word == state['tag']:
                state['challenged'] = False
            if state['go'] and not state['go'].done() and word in (b'+', state['tag']):
                state['go'].set_result(word == b'+')
            line = plain_answer(line)
        client.write(line)
        inside = literal is not None
        if literal:
            await pass_on(reader, client, int(literal.group(1)))
        await client.drain()


async def main():
    listen, tls_listen, port = map(int, sys.argv[1:4])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[4], sys.argv[5])
    log = open(sys.argv[6], 'a')

    async def serve(reader, writer):
        try:
            upstream, server = await asyncio.open_connection('127.0.0.1', port, limit=1 << 24)
        except OSError:
            writer.close()
            return
        state = {'challenged': False, 'tag': b'', 'go': None}
        tasks = [asyncio.ensure_future(commands(reader, server, writer, log, state)), asyncio.ensure_future(answers(upstream, writer, state))]
        done, rest = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if tasks[0] in done and not tasks[1] in done:       # the client went; what it still asked for is done by Dovecot all the same
            server.close()
        elif tasks[1] in done:
            try:
                await writer.drain()
            except (OSError, ConnectionError):
                pass
        for t in rest:
            t.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for w in (server, writer):
            w.close()

    for address in ('127.0.0.1', '127.0.0.2'):
        await asyncio.start_server(serve, address, listen, limit=1 << 24)
        await asyncio.start_server(serve, address, tls_listen, ssl=context, limit=1 << 24)
    await asyncio.Event().wait()


if __name__ == '__main__':
    asyncio.run(main())
