/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MAIL FROM and RCPT TO with their parameters. */
#include "smtp-envelope.h"

#include <string.h>

#include "mail-address.h"

/* RFC 5321 §4.5.3.1.3: a path is at most 256 octets, brackets included. */
#define MAX_ADDRESS 254
#define MAX_ENVID 100

static gboolean
is_ascii (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) text[i] > 127)
      return FALSE;
  return TRUE;
}

/* mail_address_is_valid () leaves the inside of an address literal open; nothing that could end the path may be in it. */
static gboolean
is_safe (const char *address)
{
  const char *domain = mail_address_get_domain (address);

  for (const char *at = domain; at && *at; at++)
    if (g_ascii_isspace (*at) || g_ascii_iscntrl (*at))
      return FALSE;
  return mail_address_is_valid (address) && strlen (address) <= MAX_ADDRESS && !strpbrk (address, "\r\n<>");
}

/* An address as it may stand between angle brackets. A domain goes as A-labels wherever that is possible, whatever this server
 * offers: the next one on the way may not know SMTPUTF8. */
static char *
encode_address (const char *address, const SmtpExtensions *extensions, const char *host, GError **error)
{
  const char *at = strrchr (address, '@');
  g_autofree char *ascii = NULL;

  if (!is_safe (address))
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "“%s” is not an address that mail can be sent to", address);
      return NULL;
    }
  if (is_ascii (address, strlen (address)))
    return g_strdup (address);
  ascii = is_ascii (address, at - address) ? g_hostname_to_ascii (at + 1) : NULL;
  if (ascii)
    return g_strdup_printf ("%.*s@%s", (int) (at - address), address, ascii);
  if (extensions->has_smtputf8)
    return g_strdup (address);
  g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID,
               "%s cannot carry the address %s: it takes only ASCII before the @ (no SMTPUTF8)", host, address);
  return NULL;
}

/* xtext (RFC 3461 §4) */
static void
append_xtext (GString *line, const char *text)
{
  for (; *text; text++)
    if (*text >= '!' && *text <= '~' && *text != '+' && *text != '=')
      g_string_append_c (line, *text);
    else
      g_string_append_printf (line, "+%02X", (guchar) *text);
}

static gboolean
goes_as_utf8 (const char *address, const SmtpExtensions *extensions)
{
  g_autofree char *encoded = encode_address (address, extensions, "", NULL);

  return encoded && !is_ascii (encoded, strlen (encoded));
}

static gboolean
needs_smtputf8 (const SmtpEnvelope *self, const SmtpExtensions *extensions)
{
  if (self->is_utf8 || goes_as_utf8 (self->sender, extensions))
    return TRUE;
  for (guint i = 0; self->recipients[i]; i++)
    if (goes_as_utf8 (self->recipients[i], extensions))
      return TRUE;
  return FALSE;
}

gboolean
smtp_envelope_check (const SmtpEnvelope *self, const SmtpExtensions *extensions, const char *host, GError **error)
{
  g_autofree char *mail = NULL;

  if (extensions->max_size > 0 && self->size > extensions->max_size)
    {
      g_autofree char *size = g_format_size (self->size);
      g_autofree char *limit = g_format_size (extensions->max_size);

      g_set_error (error, BASE_ERROR, BASE_ERROR_TOO_LARGE, "The message has %s, and %s takes no more than %s", size, host, limit);
      return FALSE;
    }
  if (self->is_utf8 && !extensions->has_smtputf8)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID,
                   "%s cannot carry a message with addresses or headers that are not ASCII (no SMTPUTF8)", host);
      return FALSE;
    }
  if (self->is_8bit && !extensions->has_8bitmime)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "%s cannot carry 8-bit text (no 8BITMIME)", host);
      return FALSE;
    }
  mail = smtp_envelope_build_mail (self, extensions, host, error);
  return mail != NULL;
}

char *
smtp_envelope_build_mail (const SmtpEnvelope *self, const SmtpExtensions *extensions, const char *host, GError **error)
{
  g_autofree char *sender = *self->sender ? encode_address (self->sender, extensions, host, error) : g_strdup ("");
  g_autoptr (GString) line = NULL;

  if (!sender)
    return NULL;
  line = g_string_new ("MAIL FROM:<");
  g_string_append_printf (line, "%s>", sender);
  if (extensions->has_size)
    g_string_append_printf (line, " SIZE=%" G_GSIZE_FORMAT, self->size);
  if (extensions->has_8bitmime && self->is_8bit)
    g_string_append (line, " BODY=8BITMIME");
  if (extensions->has_smtputf8 && needs_smtputf8 (self, extensions))
    g_string_append (line, " SMTPUTF8");
  if (extensions->has_dsn && self->ret != SMTP_RETURN_DEFAULT)
    g_string_append (line, self->ret == SMTP_RETURN_FULL ? " RET=FULL" : " RET=HDRS");
  if (extensions->has_dsn && self->id && *self->id)
    {
      g_autofree char *id = g_strndup (self->id, MAX_ENVID);

      g_string_append (line, " ENVID=");
      append_xtext (line, id);
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static void
append_notify (GString *line, SmtpNotify notify)
{
  const struct
  {
    SmtpNotify flag;
    const char *word;
  } words[] = { { SMTP_NOTIFY_SUCCESS, "SUCCESS" }, { SMTP_NOTIFY_FAILURE, "FAILURE" }, { SMTP_NOTIFY_DELAY, "DELAY" } };
  const char *before = " NOTIFY=";

  if (notify & SMTP_NOTIFY_NEVER)
    {
      g_string_append (line, " NOTIFY=NEVER");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (notify & words[i].flag)
      {
        g_string_append_printf (line, "%s%s", before, words[i].word);
        before = ",";
      }
}

char *
smtp_envelope_build_rcpt (const SmtpEnvelope *self, const char *recipient, const SmtpExtensions *extensions,
                          const char *host, GError **error)
{
  g_autofree char *address = encode_address (recipient, extensions, host, error);
  g_autoptr (GString) line = NULL;

  if (!address)
    return NULL;
  line = g_string_new ("RCPT TO:<");
  g_string_append_printf (line, "%s>", address);
  if (extensions->has_dsn && self->notify != SMTP_NOTIFY_DEFAULT)
    {
      append_notify (line, self->notify);
      if (is_ascii (address, strlen (address))) /* RFC 6533 has another form for the rest; none is needed */
        {
          g_string_append (line, " ORCPT=rfc822;");
          append_xtext (line, address);
        }
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}
