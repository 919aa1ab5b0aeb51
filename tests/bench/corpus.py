#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""corpus.py N MAILDIR [lean]: N messages as a real mailbox has them, the same for every run. Message i depends on i alone, so that a small
corpus is the beginning of a large one.

Sizes are log-normal (median 9 kB, sigma 1.3) with one in a thousand between 1 and 5 MB; 30 % have HTML beside the text, 12 %
attachments, 55 % answer an earlier one; eight charsets and three encodings. 10,000 messages are about 230 MB; lean: with
attachments cut to a few KB, for what does not look into them."""
import base64, binascii, math, os, random, sys, time
from multiprocessing import Pool

SYLLABLES = [c + v for c in 'b c d f g h j k l m n p r s t v w z br ch st tr'.split() for v in 'a e i o u ea ou'.split()]
COMMON = 'the of and to in is that it for on are as with they at be this have from or one had by not what all we when your can said there use each which how their if will up other about out many then them these so some her would make like him into time has look more write go see number way could people'.split()
SPECIAL = {'iso-8859-1': 'für müssen schöne Grüße Straße können', 'windows-1252': '“déjà” été très même côté', 'koi8-r': 'и в не на быть человек который сказать', 'iso-2022-jp': '会議 明日 午後 資料 送付 よろしく',
           'gb18030': '会议 明天 下午 资料 请查收', 'utf-8': 'naïve – façade “quoted” 世界'}
KINDS = [('us-ascii', '7bit')] * 46 + [('utf-8', 'quoted-printable')] * 24 + [('utf-8', '8bit')] * 9 + [('iso-8859-1', 'quoted-printable')] * 8 + [('windows-1252', '8bit')] * 5 \
    + [('koi8-r', '8bit')] * 4 + [('iso-2022-jp', '7bit')] * 2 + [('gb18030', 'base64')] * 2
TYPES = [('application/pdf', 'pdf'), ('image/jpeg', 'jpg'), ('image/png', 'png'), ('application/zip', 'zip'), ('application/vnd.oasis.opendocument.text', 'odt')]
EPOCH, STEP = 1577836800, 3150
LEAN_BYTES = 2000


def rng(i, salt=0):
    return random.Random(i * 1000003 + salt)


def word(r):
    return ''.join(r.choices(SYLLABLES, k=r.randint(2, 4)))


def person(i):
    r = rng(i, 1)
    k = min(int(r.paretovariate(.7)), 5000)
    r = rng(k, 2)
    name = word(r).capitalize() + ' ' + word(r).capitalize()
    return name, '%s%d@%s.example' % (name.split()[0].lower(), k, word(r))


def message_id(i):
    return '<%08x.%d@%s>' % (i * 2654435761 & 0xffffffff, i, person(i)[1].split('@')[1])


def chain(i):
    """The ids it answers, oldest first."""
    found = []
    while i > 0 and len(found) < 12 and rng(i, 3).random() < .55:
        i -= min(i, 1 + int(rng(i, 4).expovariate(1 / 60)))
        found.insert(0, message_id(i))
    return found


def prose(r, size, charset):
    special = SPECIAL.get(charset, '').split()
    out, line, total = [], [], 0
    while total < size:
        p = r.random()
        w = r.choice(special) if special and p < .25 else r.choice(COMMON) if p < .7 else word(r)
        line.append(w)
        total += len(w) + 1
        if len(line) > 10:
            out.append(' '.join(line) + ('.' if p < .2 else ''))
            line = []
            if p < .1:
                out.append('')
    return '\n'.join(out + [' '.join(line)]) + '\n'


def encoded(text, charset, cte):
    data = text.encode(charset, 'replace')
    if cte == 'quoted-printable':
        return binascii.b2a_qp(data, istext=True)
    return base64.encodebytes(data) if cte == 'base64' else data


def part(kind, text, charset, cte):
    return ('Content-Type: %s; charset=%s\nContent-Transfer-Encoding: %s\n\n' % (kind, charset, cte)).encode() + encoded(text, charset, cte)


def multipart(kind, boundary, parts):
    edge = b'--' + boundary.encode()
    return ('Content-Type: multipart/%s; boundary="%s"\n\n' % (kind, boundary)).encode() + b''.join(edge + b'\n' + p + b'\n' for p in parts) + edge + b'--\n'


def date(t):
    g = time.gmtime(t)
    return '%s, %d %s %d %02d:%02d:%02d +0000' % ('Mon Tue Wed Thu Fri Sat Sun'.split()[g.tm_wday], g.tm_mday, 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()[g.tm_mon - 1], g.tm_year, g.tm_hour, g.tm_min, g.tm_sec)


def header_word(text, charset):
    if text.isascii():
        return text
    return '\n '.join('=?utf-8?B?%s?=' % base64.b64encode(w.encode()).decode() for w in text.split(' '))


def message(i, lean=False):
    r = rng(i)
    charset, cte = r.choice(KINDS)
    size = math.exp(r.uniform(math.log(1e6), math.log(5e6))) if r.random() < .001 else min(9216 * math.exp(1.3 * r.gauss(0, 1)), 5e6)
    attached = r.random() < (.9 if size > 40960 else .025)
    both = r.random() < .3
    name, address = person(i)
    domain = address.split('@')[1]
    when = EPOCH + i * STEP
    head = ['Return-Path: <%s>' % address, 'Delivered-To: perf@example.org']
    for k in range(r.randint(1, 3)):
        head.append('Received: from mx%d.%s (mx%d.%s [192.0.2.%d])\n\tby mail%d.example.org with ESMTPS id %X\n\tfor <perf@example.org>; %s' % (r.randrange(9), domain, r.randrange(9), domain, r.randrange(256), k, r.getrandbits(40), date(when)))
    if r.random() < .6:
        head.append('DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=%s; s=s1;\n\th=from:to:subject:date:message-id;\n\tb=%s' % (domain, '\n\t '.join(base64.b64encode(r.randbytes(48)).decode() for _ in range(4))))
    subject = ' '.join([r.choice(SPECIAL[charset].split())] if charset in SPECIAL else [] + [word(r) for _ in range(r.randint(2, 8))])
    answers = chain(i)
    head += ['Message-ID: ' + message_id(i), 'Date: ' + date(when), 'From: %s <%s>' % (name, address),
             'To: ' + ',\n '.join(['Perf Tester <perf@example.org>'] + ['%s <%s>' % person(r.randrange(10 ** 6)) for _ in range(min(12, int(r.expovariate(1))))]),
             'Subject: ' + ('Re: ' if answers else '') + header_word(subject, charset)]
    if answers:
        head += ['In-Reply-To: ' + answers[-1], 'References: ' + '\n '.join(answers)]
    head.append('MIME-Version: 1.0')
    room = max(300, size - sum(len(h) + 1 for h in head))
    share = min(room * .25, 400 + r.expovariate(1 / 2500)) if attached else room
    swell = {'base64': 1.37, 'quoted-printable': 1.1}.get(cte, 1) * (1.5 if charset in ('utf-8', 'koi8-r') else 1)
    text = prose(r, max(150, share / swell / (2.6 if both else 1)), charset) + '\n-- \n' + name + '\n'
    body = part('text/plain', text, charset, cte)
    if both:
        paragraphs = ''.join('<p style="margin:0 0 12px 0;line-height:1.4">%s</p>\n' % p for p in text.split('\n\n'))
        html = '<!DOCTYPE html><html><body><div style="max-width:640px">%s<a href="https://www.%s/t/%x">more</a></div></body></html>\n' % (paragraphs, domain, r.getrandbits(64))
        body = multipart('alternative', '=_a%08x' % r.getrandbits(32), [body, part('text/html', html, charset, cte)])
    if attached:
        files = [body]
        for k in range(1 if r.random() < .75 else r.randint(2, 4)):
            kind, ending = r.choice(TYPES)
            label = '%s-%d.%s' % (word(r), k, ending)
            length = max(600, int((room - share) / 1.37 / (k + 1)))
            files.append(('Content-Type: %s; name="%s"\nContent-Disposition: attachment; filename="%s"\nContent-Transfer-Encoding: base64\n\n' % (kind, label, label)).encode()
                         + base64.encodebytes(r.randbytes(min(length, LEAN_BYTES) if lean else length)))
        body = multipart('mixed', '=_m%08x' % r.getrandbits(32), files)
    return '\n'.join(head).encode('utf-8') + b'\n' + body, when


def write(job):
    first, last, folder, lean = job
    total = 0
    for i in range(first, last):
        raw, when = message(i, lean)
        path = '%s/cur/%d.M%06dP1.bench,S=%d,W=%d:2,S' % (folder, when, i, len(raw), len(raw) + raw.count(b'\n'))
        with open(path, 'wb', buffering=0) as f:
            f.write(raw)
        os.utime(path, (when, when))
        total += len(raw)
    return total


def make(count, folder, lean=False):
    for sub in ('cur', 'new', 'tmp'):
        os.makedirs(os.path.join(folder, sub), exist_ok=True)
    with Pool() as pool:
        return sum(pool.imap_unordered(write, [(k, min(count, k + 200), folder, lean) for k in range(0, count, 200)]))


if __name__ == '__main__':
    n = int(sys.argv[1])
    print('%d messages, %.1f MB' % (n, make(n, sys.argv[2], sys.argv[3:] == ['lean']) / 1e6))
