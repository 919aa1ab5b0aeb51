/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options → account settings. */
#include "cli-settings.h"

#include "base-error.h"
#include "cli-session.h"

#include <string.h>

void
cli_settings_init (CliSettings *self)
{
  *self = (CliSettings) { .headers_above = -1, .check_minutes = -1, .deleted_days = -1, .junk_days = -1 };
}

void
cli_settings_clear (CliSettings *self)
{
  g_free (self->title);
  g_free (self->email);
  g_free (self->name);
  g_free (self->incoming);
  g_free (self->host);
  g_free (self->security);
  g_free (self->user);
  g_free (self->smtp_host);
  g_free (self->smtp_security);
  g_free (self->smtp_user);
  g_free (self->leave_on_server);
  g_free (self->keep_here);
  g_free (self->watch);
  g_free (self->trust_certificate);
  g_free (self->ca_file);
  g_free (self->password_file);
  g_free (self->smtp_password_file);
}

GOptionEntry *
cli_settings_get_entries (CliSettings *self)
{
  const GOptionEntry entries[] = {
    { "email", 0, 0, G_OPTION_ARG_STRING, &self->email, "The e-mail address", "ADDRESS" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &self->name, "The person's name, as others see it", "NAME" },
    { "title", 0, 0, G_OPTION_ARG_STRING, &self->title, "What the account is called here; the address without it", "TITLE" },
    { "incoming", 0, 0, G_OPTION_ARG_STRING, &self->incoming, "How mail arrives: pop3 or imap", "PROTOCOL" },
    { "host", 0, 0, G_OPTION_ARG_STRING, &self->host, "The server for incoming mail", "HOST" },
    { "port", 0, 0, G_OPTION_ARG_INT, &self->port, "Its port; without it the usual one", "PORT" },
    { "security", 0, 0, G_OPTION_ARG_STRING, &self->security, "tls (without it), starttls or plaintext", "KIND" },
    { "user", 0, 0, G_OPTION_ARG_STRING, &self->user, "The user name; the address without it", "USER" },
    { "smtp-host", 0, 0, G_OPTION_ARG_STRING, &self->smtp_host, "The server for outgoing mail", "HOST" },
    { "smtp-port", 0, 0, G_OPTION_ARG_INT, &self->smtp_port, "Its port; without it the usual one", "PORT" },
    { "smtp-security", 0, 0, G_OPTION_ARG_STRING, &self->smtp_security, "tls (without it), starttls or plaintext", "KIND" },
    { "smtp-user", 0, 0, G_OPTION_ARG_STRING, &self->smtp_user, "The user name there; that for incoming mail without it", "USER" },
    { "smtp-no-auth", 0, 0, G_OPTION_ARG_NONE, &self->smtp_no_auth, "The server for outgoing mail wants no login", NULL },
    { "smtp-auth", 0, 0, G_OPTION_ARG_NONE, &self->smtp_auth, "It wants one after all", NULL },
    { "leave-on-server", 0, 0, G_OPTION_ARG_STRING, &self->leave_on_server,
      "POP3: always, never, until-deleted (here, for good) or days=N; without it days=14", "WHEN" },
    { "keep-here", 0, 0, G_OPTION_ARG_STRING, &self->keep_here,
      "IMAP: whole messages that are kept here: all (without it), opened or days=N, of the last N days", "WHAT" },
    { "watch-inbox", 0, 0, G_OPTION_ARG_STRING, &self->watch, "IMAP: whether the server tells of new mail at once: yes (without it) or no", "yes|no" },
    { "headers-above", 0, 0, G_OPTION_ARG_INT64, &self->headers_above, "Of larger messages only headers come at first; 0: never", "BYTES" },
    { "check-minutes", 0, 0, G_OPTION_ARG_INT, &self->check_minutes, "How often mail is looked for; 0: only by hand", "N" },
    { "deleted-days", 0, 0, G_OPTION_ARG_INT, &self->deleted_days, "Mail goes for good after N days in Deleted; 0 (without it): never", "N" },
    { "junk-days", 0, 0, G_OPTION_ARG_INT, &self->junk_days, "Likewise in Junk", "N" },
    { "trust-certificate", 0, 0, G_OPTION_ARG_FILENAME, &self->trust_certificate,
      "An exception for this certificate at these hosts and ports", "FILE.pem" },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &self->ca_file, "A further certificate authority, for this account alone", "FILE.pem" },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &self->password_file, "The first line is the password; - is standard input", "FILE|-" },
    { "smtp-password-file", 0, 0, G_OPTION_ARG_FILENAME, &self->smtp_password_file, "The same for outgoing mail, where it has another", "FILE" },
    G_OPTION_ENTRY_NULL
  };

  return g_memdup2 (entries, sizeof entries);
}

static gboolean
refuse (GError **error, const char *option, const char *value, const char *allowed)
{
  g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "“%s” is no value for --%s: %s", value, option, allowed);
  return FALSE;
}

static gboolean
apply_protocol (const CliSettings *self, Account *account, GError **error)
{
  gboolean is_imap;

  if (!self->incoming)
    return TRUE;
  is_imap = g_str_equal (self->incoming, "imap");
  if (!is_imap && !g_str_equal (self->incoming, "pop3"))
    return refuse (error, "incoming", self->incoming, "pop3 or imap");
  g_object_set (account, "protocol", is_imap ? ACCOUNT_IMAP : ACCOUNT_POP3, NULL);
  return TRUE;
}

static gboolean
apply_server (Account *account, AccountDirection direction, const char *host, int port, const char *word, const char *user,
              const char *prefix, guint usual_before, GError **error)
{
  MailSecurity security = account_get_security (account, direction);
  guint new_port = account_get_port (account, direction);
  g_autofree char *option = g_strconcat (prefix, "security", NULL);

  if (word && !mail_security_from_word (word, &security))
    return refuse (error, option, word, "tls, starttls or plaintext");
  if (port < 0 || port > 65535)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_INVALID, "--%sport must be between 1 and 65535", prefix);
      return FALSE;
    }
  if (port > 0)
    new_port = port;
  else if (new_port == usual_before)
    new_port = account_default_port (account_get_protocol (account), direction, security);
  account_set_server (account, direction, host ? host : account_get_host (account, direction), new_port, security,
                      user ? user : account_get_user (account, direction));
  return TRUE;
}

static gboolean
apply_servers (const CliSettings *self, Account *account, GError **error)
{
  guint usual_in = account_default_port (account_get_protocol (account), ACCOUNT_INCOMING, account_get_security (account, ACCOUNT_INCOMING));
  guint usual_out = account_default_port (account_get_protocol (account), ACCOUNT_OUTGOING, account_get_security (account, ACCOUNT_OUTGOING));

  return apply_protocol (self, account, error)
         && apply_server (account, ACCOUNT_INCOMING, self->host, self->port, self->security, self->user, "", usual_in, error)
         && apply_server (account, ACCOUNT_OUTGOING, self->smtp_host, self->smtp_port, self->smtp_security, self->smtp_user,
                          "smtp-", usual_out, error);
}

static gboolean
apply_leave (const CliSettings *self, Account *account, GError **error)
{
  static const char *const words[] = { "always", "never", "until-deleted" };
  gint64 days;

  if (!self->leave_on_server)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (self->leave_on_server, words[i]))
      {
        g_object_set (account, "leave", (int) i, NULL);
        return TRUE;
      }
  if (!g_str_has_prefix (self->leave_on_server, "days=")
      || !g_ascii_string_to_signed (self->leave_on_server + strlen ("days="), 10, 1, 3650, &days, NULL))
    return refuse (error, "leave-on-server", self->leave_on_server, "always, never, until-deleted or days=N");
  g_object_set (account, "leave", ACCOUNT_LEAVE_DAYS, "leave-days", (guint) days, NULL);
  return TRUE;
}

static gboolean
apply_keep (const CliSettings *self, Account *account, GError **error)
{
  const char *word = self->keep_here;
  gint64 days = -1;

  if (g_strcmp0 (word, "opened") == 0)
    days = 0;
  else if (word && !g_str_equal (word, "all")
           && (!g_str_has_prefix (word, "days=") || !g_ascii_string_to_signed (word + strlen ("days="), 10, 1, 36500, &days, NULL)))
    return refuse (error, "keep-here", word, "all, opened or days=N");
  if (word)
    g_object_set (account, "keep-days", days, NULL);
  if (self->watch && !g_str_equal (self->watch, "yes") && !g_str_equal (self->watch, "no"))
    return refuse (error, "watch-inbox", self->watch, "yes or no");
  if (self->watch)
    g_object_set (account, "watches", g_str_equal (self->watch, "yes"), NULL);
  return TRUE;
}

static gboolean
apply_ca (const CliSettings *self, Account *account, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *pem = NULL;
  GList *certificates;

  if (!self->ca_file)
    return TRUE;
  certificates = g_tls_certificate_list_new_from_file (self->ca_file, &local);
  if (!certificates || !g_file_get_contents (self->ca_file, &pem, NULL, &local))
    {
      g_list_free_full (certificates, g_object_unref);
      g_set_error (error, BASE_ERROR, BASE_ERROR_FILE, "%s holds no certificate authority%s%s", self->ca_file,
                   local ? ": " : ".", local ? local->message : "");
      return FALSE;
    }
  g_list_free_full (certificates, g_object_unref);
  g_object_set (account, "ca-pem", pem, NULL);
  return TRUE;
}

/* The exception counts for both of the account's servers: each under its own host and port. */
static gboolean
apply_trust (const CliSettings *self, Account *account, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *pem = NULL;

  if (!self->trust_certificate)
    return TRUE;
  bytes = cli_session_read_file (self->trust_certificate, error);
  if (!bytes)
    return FALSE;
  pem = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  for (int direction = ACCOUNT_INCOMING; direction <= ACCOUNT_OUTGOING; direction++)
    if (!account_trust_certificate (account, account_get_host (account, direction), account_get_port (account, direction), pem, error))
      return FALSE;
  return TRUE;
}

gboolean
cli_settings_apply (const CliSettings *self, Account *account, GError **error)
{
  if (self->email)
    g_object_set (account, "email", self->email, NULL);
  if (self->name)
    g_object_set (account, "person-name", self->name, NULL);
  if (self->title)
    g_object_set (account, "title", self->title, NULL);
  if (self->smtp_no_auth || self->smtp_auth)
    g_object_set (account, "outgoing-authenticates", self->smtp_auth, NULL);
  if (self->smtp_password_file)
    g_object_set (account, "same-password", FALSE, NULL);
  if (self->headers_above >= 0)
    g_object_set (account, "headers-above", self->headers_above, NULL);
  if (self->check_minutes >= 0)
    g_object_set (account, "check-minutes", (guint) MIN (self->check_minutes, 7 * 24 * 60), NULL);
  if (self->deleted_days >= 0)
    g_object_set (account, "deleted-days", (guint) MIN (self->deleted_days, 36500), NULL);
  if (self->junk_days >= 0)
    g_object_set (account, "junk-days", (guint) MIN (self->junk_days, 36500), NULL);
  return apply_servers (self, account, error) && apply_leave (self, account, error) && apply_keep (self, account, error)
         && apply_ca (self, account, error) && apply_trust (self, account, error);
}
