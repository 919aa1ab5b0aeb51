#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""relay.py PORT LMTPPORT DOMAIN: what stands behind Dovecot's submission service where there is no Postfix. Accepts from Dovecot without a
password, delivers mail for DOMAIN by LMTP and drops the rest. bounce5xx@… is refused for good, tempfail4xx@… for the moment."""
import asyncio, signal, smtplib, sys
from aiosmtpd.smtp import SMTP

PORT, LMTP_PORT, DOMAIN = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        local = address.split('@')[0]
        if local == 'bounce5xx':
            return '550 5.1.1 Nobody of that name lives here'
        if local == 'tempfail4xx':
            return '451 4.3.0 Not now, try later'
        envelope.rcpt_tos.append(address)
        return '250 2.1.5 OK'

    async def handle_DATA(self, server, session, envelope):
        return await asyncio.get_running_loop().run_in_executor(None, self.deliver, envelope)

    def deliver(self, envelope):
        here = [r for r in envelope.rcpt_tos if r.endswith('@' + DOMAIN)]
        if here:
            lmtp = smtplib.LMTP('127.0.0.1', LMTP_PORT)
            try:
                refused = lmtp.sendmail(envelope.mail_from or '', here, envelope.original_content, mail_options=['BODY=8BITMIME'])
            except smtplib.SMTPRecipientsRefused as error:
                refused = error.recipients
            finally:
                lmtp.close()
            if len(refused) == len(here):
                code, text = next(iter(refused.values()))
                return '%d %s' % (code, text.decode(errors='replace'))
        return '250 2.0.0 Queued'


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Handler(), hostname='relay.' + DOMAIN, enable_SMTPUTF8=True, data_size_limit=26214400), '127.0.0.1', PORT)
    done = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, done.set)
    await done.wait()
    server.close()

asyncio.run(main())
