/* SPDX-License-Identifier: GPL-3.0-or-later */
/* E-mail address → servers, from a small table and the customs of the rest of the world. */
#include "autoconfig-guess.h"

#include "mail-address.h"

#include <string.h>

typedef enum
{
  USER_ADDRESS,         /* the whole address is the user name */
  USER_LOCAL,           /* what stands before the "@" */
  USER_LOCAL_INCOMING,  /* that for receiving, the address for sending */
} UserForm;

typedef enum
{
  SIGN_IN_PASSWORD,
  SIGN_IN_APP_PASSWORD,
  SIGN_IN_OAUTH,
} SignIn;

typedef struct
{
  const char *name;
  const char *domains;  /* each with a blank before and behind; one that ends with a dot stands for every country's */
  const char *pop3;     /* NULL where there is none */
  const char *imap;
  const char *smtp;     /* TLS on port 465, or with a leading "+" STARTTLS on port 587 */
  UserForm user;
  SignIn sign_in;
} Provider;

static const Provider providers[] = {
  { "Gmail", " gmail.com googlemail.com ",
    "pop.gmail.com", "imap.gmail.com", "smtp.gmail.com", USER_ADDRESS, SIGN_IN_APP_PASSWORD },
  { "Outlook.com", " outlook. hotmail. live. msn.com windowslive.com passport.com ",
    "outlook.office365.com", "outlook.office365.com", "+smtp-mail.outlook.com", USER_ADDRESS, SIGN_IN_OAUTH },
  { "Yahoo", " yahoo. ymail.com myyahoo.com rocketmail.com ",
    "pop.mail.yahoo.com", "imap.mail.yahoo.com", "smtp.mail.yahoo.com", USER_ADDRESS, SIGN_IN_APP_PASSWORD },
  { "iCloud", " icloud.com me.com mac.com ",
    NULL, "imap.mail.me.com", "+smtp.mail.me.com", USER_LOCAL_INCOMING, SIGN_IN_APP_PASSWORD },
  { "AOL", " aol. aim.com netscape.net netscape.com compuserve.com verizon.net ",
    "pop.aol.com", "imap.aol.com", "smtp.aol.com", USER_ADDRESS, SIGN_IN_APP_PASSWORD },
  { "GMX", " gmx.net gmx.de gmx.at gmx.ch gmx.eu gmx.org gmx.info gmx.biz ",
    "pop.gmx.net", "imap.gmx.net", "mail.gmx.net", USER_ADDRESS, SIGN_IN_PASSWORD },
  { "GMX", " gmx. ",
    "pop.gmx.com", "imap.gmx.com", "mail.gmx.com", USER_ADDRESS, SIGN_IN_PASSWORD },
  { "WEB.DE", " web.de ",
    "pop3.web.de", "imap.web.de", "smtp.web.de", USER_LOCAL, SIGN_IN_PASSWORD },
  { "Telekom", " t-online.de magenta.de ",
    "securepop.t-online.de", "secureimap.t-online.de", "securesmtp.t-online.de", USER_ADDRESS, SIGN_IN_APP_PASSWORD },
  { "Vodafone", " vodafonemail.de arcor.de kabelmail.de ",
    "pop3.vodafonemail.de", "imap.vodafonemail.de", "smtp.vodafonemail.de", USER_ADDRESS, SIGN_IN_PASSWORD },
  { "Posteo", " posteo. posteo.net posteo.org ",
    "posteo.de", "posteo.de", "posteo.de", USER_ADDRESS, SIGN_IN_PASSWORD },
  { "mailbox.org", " mailbox.org ",
    "pop3.mailbox.org", "imap.mailbox.org", "smtp.mailbox.org", USER_ADDRESS, SIGN_IN_PASSWORD },
  { "Fastmail", " fastmail.com fastmail.fm ",
    "pop.fastmail.com", "imap.fastmail.com", "smtp.fastmail.com", USER_ADDRESS, SIGN_IN_APP_PASSWORD },
  { "Zoho Mail", " zoho.com zohomail.com ",
    "pop.zoho.com", "imap.zoho.com", "smtp.zoho.com", USER_ADDRESS, SIGN_IN_PASSWORD },
  { "Orange", " orange.fr wanadoo.fr ",
    "pop.orange.fr", "imap.orange.fr", "smtp.orange.fr", USER_ADDRESS, SIGN_IN_PASSWORD },
  { "Free", " free.fr ",
    "pop.free.fr", "imap.free.fr", "smtp.free.fr", USER_LOCAL, SIGN_IN_PASSWORD },
  { "La Poste", " laposte.net ",
    "pop.laposte.net", "imap.laposte.net", "smtp.laposte.net", USER_LOCAL, SIGN_IN_PASSWORD },
  { "SFR", " sfr.fr neuf.fr club-internet.fr ",
    "pop.sfr.fr", "imap.sfr.fr", "smtp.sfr.fr", USER_ADDRESS, SIGN_IN_PASSWORD },
  { "Libero", " libero.it iol.it blu.it inwind.it giallo.it ",
    "popmail.libero.it", "imapmail.libero.it", "smtp.libero.it", USER_ADDRESS, SIGN_IN_PASSWORD },
  { "Virgilio", " virgilio.it ",
    "in.virgilio.it", "in.virgilio.it", "out.virgilio.it", USER_ADDRESS, SIGN_IN_PASSWORD },
  { "BT Mail", " btinternet.com btopenworld.com talk21.com ",
    "mail.btinternet.com", "mail.btinternet.com", "mail.btinternet.com", USER_ADDRESS, SIGN_IN_PASSWORD },
  { "AT&T", " att.net bellsouth.net sbcglobal.net ameritech.net pacbell.net swbell.net ",
    "inbound.att.net", "imap.mail.att.net", "outbound.att.net", USER_ADDRESS, SIGN_IN_APP_PASSWORD },
  { "Comcast", " comcast.net ",
    "mail.comcast.net", "imap.comcast.net", "smtp.comcast.net", USER_ADDRESS, SIGN_IN_PASSWORD },
  { "Seznam", " seznam.cz email.cz post.cz spoluzaci.cz ",
    "pop3.seznam.cz", "imap.seznam.cz", "smtp.seznam.cz", USER_ADDRESS, SIGN_IN_PASSWORD },
  { "WP", " wp.pl ",
    "pop3.wp.pl", "imap.wp.pl", "smtp.wp.pl", USER_LOCAL, SIGN_IN_PASSWORD },
  { "Onet", " onet.pl onet.eu op.pl vp.pl ",
    "pop3.poczta.onet.pl", "imap.poczta.onet.pl", "smtp.poczta.onet.pl", USER_ADDRESS, SIGN_IN_PASSWORD },
  { "Yandex", " yandex. ya.ru narod.ru ",
    "pop.yandex.com", "imap.yandex.com", "smtp.yandex.com", USER_ADDRESS, SIGN_IN_APP_PASSWORD },
  { "Mail.ru", " mail.ru inbox.ru list.ru bk.ru ",
    "pop.mail.ru", "imap.mail.ru", "smtp.mail.ru", USER_ADDRESS, SIGN_IN_APP_PASSWORD },
  { "UOL", " uol.com.br ",
    "pop3.uol.com.br", "imap.uol.com.br", "+smtps.uol.com.br", USER_LOCAL, SIGN_IN_PASSWORD },
  { "QQ Mail", " qq.com ",
    NULL, "imap.qq.com", "smtp.qq.com", USER_ADDRESS, SIGN_IN_APP_PASSWORD },
  { "NetEase 163", " 163.com ",
    NULL, "imap.163.com", "smtp.163.com", USER_ADDRESS, SIGN_IN_APP_PASSWORD },
  { "Naver", " naver.com ",
    "pop.naver.com", "imap.naver.com", "smtp.naver.com", USER_ADDRESS, SIGN_IN_PASSWORD },
};

/* What follows a brand in its countries' domains: "de", "co.uk", "com.br"; never "evil.example.com". */
static gboolean
is_country_suffix (const char *suffix)
{
  const char *dot = strchr (suffix, '.');

  if (!dot)
    return strlen (suffix) == 2 || g_str_equal (suffix, "com");
  return strlen (dot + 1) == 2 && (g_str_has_prefix (suffix, "co.") || g_str_has_prefix (suffix, "com."));
}

static gboolean
has_domain (const Provider *provider, const char *domain)
{
  g_auto (GStrv) words = g_strsplit (provider->domains, " ", -1);

  for (char **word = words; *word; word++)
    {
      if (**word == '\0')
        continue;
      if (g_str_equal (*word, domain))
        return TRUE;
      if (g_str_has_suffix (*word, ".") && g_str_has_prefix (domain, *word) && is_country_suffix (domain + strlen (*word)))
        return TRUE;
    }
  return FALSE;
}

static const Provider *
find_provider (const char *domain)
{
  for (gsize i = 0; i < G_N_ELEMENTS (providers); i++)
    if (has_domain (&providers[i], domain))
      return &providers[i];
  return NULL;
}

static void
set_server (AutoconfigServer *server, const char *host, AccountProtocol protocol, AccountDirection direction, char *user)
{
  gboolean is_starttls = *host == '+';

  server->host = g_strdup (is_starttls ? host + 1 : host);
  server->security = is_starttls ? MAIL_SECURITY_STARTTLS : MAIL_SECURITY_TLS;
  server->port = account_default_port (protocol, direction, server->security);
  server->user = user;
}

static void
fill_from_provider (AutoconfigGuess *self, const Provider *provider, const char *email, const char *domain, AccountProtocol protocol)
{
  g_autofree char *local = g_strndup (email, strrchr (email, '@') - email);
  g_autofree char *guessed = g_strconcat (protocol == ACCOUNT_POP3 ? "pop." : "imap.", domain, NULL);
  const char *incoming = protocol == ACCOUNT_POP3 ? provider->pop3 : provider->imap;

  self->provider = g_strdup (provider->name);
  self->has_protocol = incoming != NULL;
  self->wants_app_password = provider->sign_in == SIGN_IN_APP_PASSWORD;
  self->wants_oauth = provider->sign_in == SIGN_IN_OAUTH;
  set_server (&self->incoming, incoming ? incoming : guessed, protocol, ACCOUNT_INCOMING,
              g_strdup (provider->user == USER_ADDRESS ? email : local));
  set_server (&self->outgoing, provider->smtp, protocol, ACCOUNT_OUTGOING,
              g_strdup (provider->user == USER_LOCAL ? local : email));
}

static void
fill_from_domain (AutoconfigGuess *self, const char *email, const char *domain, AccountProtocol protocol)
{
  g_autofree char *incoming = g_strconcat (protocol == ACCOUNT_POP3 ? "pop." : "imap.", domain, NULL);
  g_autofree char *outgoing = g_strconcat ("smtp.", domain, NULL);

  self->has_protocol = TRUE;
  set_server (&self->incoming, incoming, protocol, ACCOUNT_INCOMING, g_strdup (email));
  set_server (&self->outgoing, outgoing, protocol, ACCOUNT_OUTGOING, g_strdup (email));
}

AutoconfigGuess *
autoconfig_guess_new (const char *email, AccountProtocol protocol)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (email ? email : ""));
  const char *typed = mail_address_get_domain (trimmed);
  g_autofree char *ascii = typed ? g_hostname_to_ascii (typed) : NULL;
  g_autofree char *domain = ascii ? g_ascii_strdown (ascii, -1) : NULL;
  const Provider *provider;
  AutoconfigGuess *self;

  if (!domain || !mail_address_is_valid (trimmed) || *domain == '[' || g_hostname_is_ip_address (domain))
    return NULL;

  self = g_new0 (AutoconfigGuess, 1);
  provider = find_provider (domain);
  if (provider)
    fill_from_provider (self, provider, trimmed, domain, protocol);
  else
    fill_from_domain (self, trimmed, domain, protocol);
  return self;
}

void
autoconfig_guess_free (AutoconfigGuess *self)
{
  g_free (self->provider);
  g_free (self->incoming.host);
  g_free (self->incoming.user);
  g_free (self->outgoing.host);
  g_free (self->outgoing.user);
  g_free (self);
}

void
autoconfig_guess_apply (const AutoconfigGuess *self, AccountProtocol protocol, Account *account)
{
  g_object_set (account, "protocol", (int) protocol, "outgoing-authenticates", TRUE, NULL);
  account_set_server (account, ACCOUNT_INCOMING, self->incoming.host, self->incoming.port, self->incoming.security, self->incoming.user);
  account_set_server (account, ACCOUNT_OUTGOING, self->outgoing.host, self->outgoing.port, self->outgoing.security, self->outgoing.user);
}
