#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""demo_mail.py MAILDIR PERSON: fills a Maildir with mail of many kinds, as a real Inbox has them: threads, newsletters, attachments,
other scripts, forwarded and broken mail. Dates are counted back from now. All of it is invented for this purpose."""
import base64, email.policy, io, os, random, struct, sys, time, zlib
from email.message import EmailMessage
from email.utils import format_datetime
from datetime import datetime, timedelta, timezone

DOMAIN = 'posthorn.test'
POLICY = email.policy.SMTP.clone(max_line_length=76)


def png(width, height, shade):
    """A small gradient picture, so that image attachments are real ones."""
    rows = b''.join(b'\0' + bytes(v for x in range(width) for v in shade(x / width, y / height)) for y in range(height))

    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b'')


SUNSET = png(320, 200, lambda x, y: (int(250 - 90 * y), int(150 - 110 * y), int(90 + 60 * y)))
PDF = b'%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'
ICS = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:choir-7@music.example\r\nDTSTART:20261203T190000Z\r\nDTEND:20261203T203000Z\r\nSUMMARY:Choir rehearsal\r\nLOCATION:Town hall\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'


class Box:
    def __init__(self, maildir, owner):
        self.maildir, self.owner, self.now, self.count = maildir, owner, datetime.now(timezone.utc), 0
        for sub in ('cur', 'new', 'tmp'):
            os.makedirs(os.path.join(maildir, sub), exist_ok=True)

    def put(self, raw, when):
        self.count += 1
        path = os.path.join(self.maildir, 'new', '%d.M%06dP1.demo' % (when.timestamp(), self.count))
        with open(path, 'wb') as f:
            f.write(raw)
        os.utime(path, (when.timestamp(),) * 2)

    def when(self, days, hour, minute=0):
        t = (self.now - timedelta(days=days)).replace(hour=hour, minute=minute, second=random.randrange(60), microsecond=0)
        return t if t <= self.now else self.now - timedelta(minutes=random.randrange(5, 90))

    def mail(self, sender, subject, text, days, hour, minute=0, to=None, cc=None, html=None, files=(), reply_to=None, headers=(), charset='utf-8', answers=None, zone=0):
        m = EmailMessage(policy=POLICY)
        when = self.when(days, hour, minute).astimezone(timezone(timedelta(hours=zone)))
        m['From'] = sender
        m['To'] = to or self.owner
        if cc:
            m['Cc'] = cc
        m['Subject'] = subject
        m['Date'] = format_datetime(when)
        domain = sender.rstrip('>').split('@')[-1]
        m['Message-ID'] = '<%d.%d@%s>' % (when.timestamp(), self.count + 1, domain)
        if answers:
            m['In-Reply-To'] = answers
            m['References'] = answers
        for name, value in headers:
            m[name] = value
        m.set_content(text, charset=charset)
        if html:
            m.add_alternative(html)
        for name, kind, data in files:
            maintype, subtype = kind.split('/')
            m.add_attachment(data, maintype=maintype, subtype=subtype, filename=name)
        self.put(m.as_bytes(), when)
        return m['Message-ID']


def fill(maildir, person):
    random.seed(7)
    owner = {'ana': 'Ana Ruiz <ana@%s>' % DOMAIN, 'tom': 'Tom Berg <tom@%s>' % DOMAIN, 'office': 'Ana Ruiz <office@%s>' % DOMAIN}[person]
    b = Box(maildir, owner)
    if person == 'office':
        b.mail('Henrik Lund <henrik@harbour.example>', 'Budget for the spring', 'Dear Ana,\n\nthe budget for the spring is attached. Please look at line 14 before Thursday.\n\nHenrik\n', 0, 8, 5,
               files=[('budget.ods', 'application/vnd.oasis.opendocument.spreadsheet', b'PK\x03\x04' + random.randbytes(9000))])
        b.mail('Marta Silva <marta@harbour.example>', 'Drawings of the new quay', 'Hello Ana,\n\nthe drawings came back from the printer. They lie on your desk.\n\nMarta\n', 0, 9, 20)
        b.mail('Canteen <canteen@harbour.example>', 'Menu of the week', 'Monday: lentil soup. Tuesday: fish. Wednesday: dumplings.\n', 2, 7)
        b.mail('Henrik Lund <henrik@harbour.example>', 'Minutes of the meeting', 'The minutes are in the shared folder. Corrections until Friday, please.\n', 3, 15)
        return b.count
    if person == 'tom':
        b.mail('Ana Ruiz <ana@%s>' % DOMAIN, 'Flat in Porto', 'Hello Tom,\n\nthe landlord answered: we can see the flat on Thursday. Shall I book the train?\n\nAna\n', 3, 10)
        b.mail('City Library <notices@library.example>', 'Two books are due on Friday', 'Dear reader,\n\n  The Name of the Rose\n  A Short History of Nearly Everything\n\nare due on Friday. You can renew them once.\n\nYour library\n', 1, 8)
        return b.count

    tom = 'Tom Berg <tom@%s>' % DOMAIN
    first = b.mail(tom, 'Flat in Porto', 'Hello Ana,\n\nI found three flats near the river. The second one has a balcony and costs 780 a month, heating included.\n\nHave a look and tell me which one you would like to see. The photographs are attached.\n\nTom\n', 0, 9, 15,
                   files=[('balcony.png', 'image/png', SUNSET), ('Contract draft.pdf', 'application/pdf', PDF)])
    second = b.mail('Lucía Fernández <lucia@family.example>', 'Re: Flat in Porto', 'On Sunday, Tom wrote:\n> I found three flats near the river. The second one has a balcony and\n> costs 780 a month, heating included.\n\nTake the one with the balcony! I will come and water the plants.\n\nLucía\n', 0, 9, 40, cc=tom, answers=first)
    b.mail(tom, 'Re: Flat in Porto', '> Take the one with the balcony!\n\nThen I will call them tomorrow at nine.\n', 0, 10, 5, cc='Lucía Fernández <lucia@family.example>', answers=second)
    b.mail('Quarterly Figures <figures@accounts.example>', 'Quarterly figures, third quarter', 'Good morning,\n\nthe figures for the third quarter are attached. Page 4 has the comparison with last year.\n\nKind regards\nAccounts\n', 0, 8, 30,
           files=[('figures-q3.ods', 'application/vnd.oasis.opendocument.spreadsheet', b'PK\x03\x04' + random.randbytes(22000)), ('Notes for the meeting.pdf', 'application/pdf', PDF * 40)])
    b.mail('Kaufhaus Stern <newsletter@kaufhaus-stern.example>', 'Die Woche der warmen Decken – 30 % auf alles aus Wolle', 'Guten Tag,\n\ndiese Woche gibt es 30 % auf alle Decken aus Schurwolle.\n\nZum Angebot: https://kaufhaus-stern.example/decken\n\nAbmelden: https://kaufhaus-stern.example/abmelden\n', 1, 6,
           html='<html><body style="font-family:sans-serif"><h1 style="color:#8a1c1c">Die Woche der warmen Decken</h1><p>Diese Woche gibt es <b>30&nbsp;%</b> auf alle Decken aus Schurwolle.</p><p><a href="https://kaufhaus-stern.example/decken">Zum Angebot</a></p><img src="https://img.kaufhaus-stern.example/o/77.gif" width="1" height="1" alt=""></body></html>',
           headers=[('List-Unsubscribe', '<https://kaufhaus-stern.example/abmelden>'), ('Precedence', 'bulk')], zone=1)
    b.mail('Иван Петров <ivan@letters.example>', 'Поездка на озеро в мае', 'Здравствуйте, Ана!\n\nМы собираемся на озеро в начале мая. Поедете с нами?\n\nИван\n', 1, 12, charset='koi8-r', zone=3)
    b.mail('山田 花子 <hanako@mail.example>', '京都の写真', 'アナさん、こんにちは。\n\n京都の写真を送ります。紅葉がとてもきれいでした。\n\n花子\n', 2, 3, charset='iso-2022-jp', zone=9, files=[('紅葉.png', 'image/png', SUNSET)])
    b.mail('王芳 <wangfang@studio.example>', '关于下周的会议', '你好，\n\n下周二的会议改到下午三点，地点不变。\n\n王芳\n', 2, 5, charset='gb18030', zone=8)
    b.mail('יעל כהן <yael@garden.example>', 'הזמנה לגינה', 'שלום אנה,\n\nנשמח לראותך בגינה ביום שישי.\n\nיעל\n', 3, 14, zone=2)
    b.mail('Choir of the Town <choir@music.example>', 'Invitation: Choir rehearsal', 'We rehearse on 3 December at 19:00 in the town hall. Please bring the blue book.\n', 2, 18, files=[('invitation.ics', 'text/calendar', ICS.encode())])
    b.mail('Björn Åkesson <bjorn@boats.example>', 'Båten är såld', 'Hej Ana,\n\nbåten är såld. Tack för hjälpen med annonsen!\n\nHälsningar\nBjörn\n', 3, 11, charset='iso-8859-1', zone=1)
    b.mail('GTK users <gtk-users@lists.example>', '[gtk-users] How do you test accessibility?', 'Hello list,\n\nhow do you make sure that every button of your window has a name?\n\nWe walk the tree in a test and fail where a name is empty.\n\n-- \nPer\n_______________________________________________\ngtk-users mailing list\n', 4, 16,
           to='gtk-users@lists.example', reply_to=None, headers=[('List-Id', '<gtk-users.lists.example>'), ('List-Post', '<mailto:gtk-users@lists.example>')])
    b.mail('"Your Bank" <service@secure-login.example>', 'Your account has been limited!', 'Dear customer,\n\nplease confirm your data at http://secure-login.example/confirm within 24 hours.\n', 4, 2, headers=[('X-Spam-Flag', 'YES')])
    b.mail('Dr. Maximiliane-Friederike Freifrau von Hohenstein-Württemberg zu Limburg <m.f.von.hohenstein-wuerttemberg@a-very-long-domain-name-for-an-institute.example>',
           'A subject line that goes on and on, because its writer believed that the whole of the matter had to be told before the letter was even opened, which is not so', 'Dear Ana,\n\nthank you.\n\nM. F.\n', 5, 9)
    b.mail('Mama <carmen@family.example>', '', 'Ana, call me when you are home. It is nothing bad.\n\nMama\n', 5, 20)
    b.mail('Photo Club <post@photo.example>', 'The large picture of the summer exhibition', 'Here it is in full size, for the printer.\n', 6, 13, files=[('exhibition.png', 'image/png', png(900, 600, lambda x, y: (random.randrange(256), int(255 * x), int(255 * y))))])
    inner = EmailMessage(policy=POLICY)
    inner['From'], inner['To'], inner['Subject'], inner['Date'] = 'Heating Company <service@heating.example>', tom, 'Your appointment on Monday', format_datetime(b.when(8, 9))
    inner.set_content('Our technician comes on Monday between 8 and 10.\n')
    outer = EmailMessage(policy=POLICY)
    when = b.when(7, 9)
    outer['From'], outer['To'], outer['Subject'], outer['Date'], outer['Message-ID'] = tom, owner, 'Fwd: Your appointment on Monday', format_datetime(when), '<fwd.1@%s>' % DOMAIN
    outer.set_content('Can you let him in? I am at work.\n')
    outer.add_attachment(inner)
    b.put(outer.as_bytes(), when)
    when = b.when(9, 7)
    b.put(('From: web form <nobody@old.example>\r\nTo: ana@%s\r\nSubject: Caf\xe9 opening hours\r\nDate: %s\r\nMessage-ID: <latin.1@old.example>\r\nContent-Type: text/plain\r\n\r\nThe caf\xe9 is open from 8 to 18. Gr\xfc\xdfe!\r\n' % (DOMAIN, format_datetime(when))).encode('latin-1'), when)
    when = b.when(10, 7)
    b.put(('From: Scanner <scanner@office.example>\r\nTo: ana@%s\r\nSubject: Scan that was cut off\r\nDate: %s\r\nMessage-ID: <cut.1@office.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="xx"\r\n\r\n--xx\r\nContent-Type: text/plain\r\n\r\nThe scan follows.\r\n--xx\r\nContent-Type: application/pdf; name="scan.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n%s' % (DOMAIN, format_datetime(when), base64.encodebytes(PDF).decode().replace('\n', '\r\n'))).encode(), when)
    topics = [('Garden Club', 'garden@club.example', 'Seeds for the spring', 'The list of seeds is ready. Choose three kinds until Sunday.'),
              ('Rail Tickets', 'tickets@rail.example', 'Your ticket to Lisbon', 'Coach 7, seat 42, window. Have a good journey.'),
              ('Weather Service', 'alerts@weather.example', 'Storm on Wednesday', 'Gusts up to 90 km/h are expected on Wednesday afternoon.'),
              ('Paula Neves', 'paula@school.example', 'Parents’ evening', 'We meet on the 9th at half past seven. There will be tea.'),
              ('Book Exchange', 'hello@books.example', 'Somebody wants your book', 'Your copy of “Middlemarch” has found a reader.'),
              ('Tax Office', 'no-reply@tax.example', 'Your notice is ready', 'Your notice for last year can be collected in your portal.')]
    for i in range(24):
        name, address, subject, text = topics[i % len(topics)]
        b.mail('%s <%s>' % (name, address), subject + ('' if i < 6 else ' (%d)' % (i // 6 + 1)), 'Dear Ana,\n\n%s\n\nKind regards\n%s\n' % (text, name), 11 + i * 3, 7 + i % 12, i * 7 % 60)
    return b.count


if __name__ == '__main__':
    print('%d messages' % fill(sys.argv[1], sys.argv[2]))
