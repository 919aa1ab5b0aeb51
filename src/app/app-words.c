/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong, and what things are called, in the words and the language of the person who reads them. */
#include "app-words.h"

#include "base-config.h"
#include "base-error.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *with_host;     /* has one %s for the server's name; NULL: the other one always */
  const char *without_host;
  AppHelp help;
} Words;

static const Words words[BASE_N_ERRORS] = {
  [BASE_ERROR_FAILED] = { NULL, N_("Something went wrong."), APP_HELP_TRY_AGAIN },
  [BASE_ERROR_INVALID] = { NULL, N_("Something that was entered cannot be used."), APP_HELP_SETTINGS },
  [BASE_ERROR_NOT_FOUND] = { NULL, N_("It is not there any more."), APP_HELP_NONE },
  [BASE_ERROR_NOT_AVAILABLE] = { NULL, N_("This version of Posthorn cannot do that yet."), APP_HELP_NONE },
  [BASE_ERROR_EXISTS] = { NULL, N_("Something of that name is already there."), APP_HELP_NONE },
  [BASE_ERROR_WRONG_PASSWORD] = { N_("%s did not accept the password."), N_("The server did not accept the password."), APP_HELP_PASSWORD },
  [BASE_ERROR_NO_PASSWORD] = { N_("The password for %s is needed."), N_("The password is needed."), APP_HELP_PASSWORD },
  [BASE_ERROR_LOGIN_REFUSED] = { N_("%s does not let you in this way. Some providers want an app password, or this kind of access to be switched on first."),
                                 N_("The server does not let you in this way. Some providers want an app password, or this kind of access to be switched on first."),
                                 APP_HELP_SETTINGS },
  [BASE_ERROR_NO_SECRET_SERVICE] = { NULL, N_("No password safe (keyring) answers on this computer, so the password cannot be kept. It will be asked for each time."),
                                     APP_HELP_PASSWORD },
  [BASE_ERROR_KEYRING_LOCKED] = { NULL, N_("The keyring that holds the password is locked."), APP_HELP_TRY_AGAIN },
  [BASE_ERROR_NETWORK] = { N_("The connection to %s was lost. Is this computer online?"), N_("There is no connection. Is this computer online?"), APP_HELP_TRY_AGAIN },
  [BASE_ERROR_HOST_NOT_FOUND] = { N_("There is no server named %s, or this computer is not online."),
                                  N_("There is no server of that name, or this computer is not online."), APP_HELP_SETTINGS },
  [BASE_ERROR_CONNECTION_REFUSED] = { N_("%s takes no mail connections. It may be the wrong server, or out of order just now."),
                                      N_("The server takes no mail connections. It may be the wrong one, or out of order just now."), APP_HELP_TRY_AGAIN },
  [BASE_ERROR_TIMED_OUT] = { N_("%s did not answer in time."), N_("The server did not answer in time."), APP_HELP_TRY_AGAIN },
  [BASE_ERROR_CERTIFICATE] = { N_("%s could not prove that it is the right server, so nothing was sent to it."),
                               N_("The server could not prove that it is the right one, so nothing was sent to it."), APP_HELP_CERTIFICATE },
  [BASE_ERROR_NO_TLS] = { N_("%s offers no encryption, so nothing was sent to it."), N_("The server offers no encryption, so nothing was sent to it."),
                          APP_HELP_SETTINGS },
  [BASE_ERROR_ATTACK] = { N_("Somebody may be interfering with the connection to %s. It was closed, and nothing was sent."),
                          N_("Somebody may be interfering with the connection. It was closed, and nothing was sent."), APP_HELP_TRY_AGAIN },
  [BASE_ERROR_PROTOCOL] = { N_("%s gave an answer that makes no sense. Is it a mail server of this kind?"),
                            N_("The server gave an answer that makes no sense. Is it a mail server of this kind?"), APP_HELP_SETTINGS },
  [BASE_ERROR_REFUSED] = { N_("%s refused."), N_("The server refused."), APP_HELP_EDIT },
  [BASE_ERROR_TRY_LATER] = { N_("%s is busy just now and asks you to try again later."), N_("The server is busy just now and asks you to try again later."), APP_HELP_TRY_AGAIN },
  [BASE_ERROR_RECIPIENT_REFUSED] = { N_("%s did not accept any of the recipients."), N_("None of the recipients was accepted."), APP_HELP_EDIT },
  [BASE_ERROR_SOME_RECIPIENTS_REFUSED] = { N_("%s did not accept some of the recipients. The others have been sent the message."),
                                           N_("Some of the recipients were not accepted. The others have been sent the message."), APP_HELP_EDIT },
  [BASE_ERROR_SENDER_REFUSED] = { N_("%s does not let you send with this address."), N_("The server does not let you send with this address."), APP_HELP_SETTINGS },
  [BASE_ERROR_TOO_LARGE] = { N_("The message is larger than %s takes."), N_("The message is larger than the server takes."), APP_HELP_EDIT },
  [BASE_ERROR_MAILBOX_FULL] = { N_("Your mailbox at %s is full. Remove messages that you no longer need there."),
                                N_("Your mailbox at the server is full. Remove messages that you no longer need there."), APP_HELP_TRY_AGAIN },
  [BASE_ERROR_MAYBE_SENT] = { NULL, N_("The connection broke just as the message was handed over: it may have been sent, or not. Sending again may make it arrive twice."),
                              APP_HELP_DECIDE },
  [BASE_ERROR_DISK_FULL] = { NULL, N_("The disk is full, so no more mail can be kept. Mail that was not received stays on the server."), APP_HELP_TRY_AGAIN },
  [BASE_ERROR_STORE] = { NULL, N_("The mail on this computer could not be read or written."), APP_HELP_TRY_AGAIN },
  [BASE_ERROR_STORE_DAMAGED] = { NULL, N_("The file that holds the mail on this computer is damaged."), APP_HELP_NONE },
  [BASE_ERROR_STORE_NEWER] = { NULL, N_("The mail on this computer was last used by a newer version of Posthorn. This version leaves it untouched."), APP_HELP_NONE },
  [BASE_ERROR_INDEX_RENEWED] = { NULL, N_("The search index was damaged and is being made anew. Your mail is untouched."), APP_HELP_NONE },
  [BASE_ERROR_FILE] = { NULL, N_("A file could not be read or written."), APP_HELP_NONE },
  [BASE_ERROR_PARTLY] = { NULL, N_("Only a part of it was done."), APP_HELP_TRY_AGAIN },
};

static const char *const help_labels[] = {
  [APP_HELP_NONE] = NULL,
  [APP_HELP_TRY_AGAIN] = N_("_Try Again"),
  [APP_HELP_PASSWORD] = N_("Enter _Password…"),
  [APP_HELP_CERTIFICATE] = N_("Show _Certificate…"),
  [APP_HELP_SETTINGS] = N_("Account _Settings…"),
  [APP_HELP_EDIT] = N_("_Edit Message"),
  [APP_HELP_DECIDE] = N_("_Decide…"),
};

/* These say in the engine's own message what a fixed sentence cannot: which field, which file. */
static gboolean
has_telling_message (int code)
{
  return code == BASE_ERROR_INVALID || code == BASE_ERROR_FILE || code == BASE_ERROR_FAILED || code == BASE_ERROR_STORE;
}

static char *
join_host (const char *format, const char *host)
{
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);

  return g_strconcat (parts[0], host, parts[1], NULL);
}

/* RFC 2449 §6.5: how long a server said that it wants to be left alone */
static char *
word_delay (guint seconds, const char *host)
{
  guint minutes = (seconds + 59) / 60;
  g_autofree char *count = g_strdup_printf ("%u", minutes);
  /* Translators: {host} is a server's name, {minutes} a number; keep what is in braces as it is */
  g_autoptr (GString) text = g_string_new (host ? ngettext ("{host} wants a minute to pass before it is asked again.",
                                                            "{host} wants {minutes} minutes to pass before it is asked again.", minutes)
                                                : ngettext ("The server wants a minute to pass before it is asked again.",
                                                            "The server wants {minutes} minutes to pass before it is asked again.", minutes));

  g_string_replace (text, "{minutes}", count, 1);
  if (host)
    g_string_replace (text, "{host}", host, 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
app_words_error (const GError *error)
{
  const char *host;
  const Words *entry;

  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (_("Stopped."));
  if (error->domain != BASE_ERROR || error->code < 0 || error->code >= BASE_N_ERRORS)
    return g_strdup (error->message);

  entry = &words[error->code];
  host = base_error_get_host (error);
  if (error->code == BASE_ERROR_TRY_LATER && base_error_get_delay (error) > 0)
    return word_delay (base_error_get_delay (error), host);
  if (host && entry->with_host)
    return join_host (_(entry->with_host), host);
  if (has_telling_message (error->code) && error->message[0])
    return g_strdup_printf ("%s\n%s", _(entry->without_host), error->message);
  return g_strdup (_(entry->without_host));
}

static void
append_paragraph (GString *text, const char *paragraph)
{
  if (!paragraph || !paragraph[0])
    return;
  if (text->len)
    g_string_append_c (text, '\n');
  g_string_append (text, paragraph);
}

char *
app_words_error_details (const GError *error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *reply, *problems;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != BASE_ERROR)
    return NULL;
  reply = base_error_get_reply (error);
  problems = base_error_get_certificate_problems (error);
  append_paragraph (text, problems);
  if (reply && reply[0])
    {
      /* Translators: what a mail server answered, word by word */
      g_autofree char *quoted = g_strdup_printf (_("The server said: %s"), reply);

      append_paragraph (text, quoted);
    }
  if (!has_telling_message (error->code))
    append_paragraph (text, error->message);
  return text->len ? g_strdup (text->str) : NULL;
}

AppHelp
app_words_get_help (const GError *error)
{
  g_return_val_if_fail (error != NULL, APP_HELP_NONE);

  if (error->domain == BASE_ERROR && error->code >= 0 && error->code < BASE_N_ERRORS)
    return words[error->code].help;
  return APP_HELP_TRY_AGAIN;
}

const char *
app_words_get_help_label (AppHelp help)
{
  return help == APP_HELP_NONE ? NULL : _(help_labels[help]);
}

GError *
app_words_error_from_word (const char *word, const char *message, const char *reply)
{
  for (int code = 0; word && code < BASE_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (BASE_ERROR, code, message ? message : "");

      if (!g_str_equal (base_error_get_word (error), word))
        continue;
      base_error_set_reply (error, reply);
      return g_steal_pointer (&error);
    }
  return g_error_new_literal (BASE_ERROR, BASE_ERROR_FAILED, message ? message : "");
}

const char *
app_words_get_folder_name (MailRole role, const char *name)
{
  switch (role)
    {
    case MAIL_ROLE_INBOX:
      return _("Inbox");
    case MAIL_ROLE_DRAFTS:
      return _("Drafts");
    case MAIL_ROLE_SENT:
      return C_("folder", "Sent");
    case MAIL_ROLE_JUNK:
      return C_("folder", "Junk");
    case MAIL_ROLE_TRASH:
      return C_("folder", "Deleted");
    case MAIL_ROLE_ARCHIVE:
      return C_("folder", "Archive");
    case MAIL_ROLE_OUTBOX:
      return _("Outbox");
    case MAIL_ROLE_ALL:
      return C_("folder", "All Mail");
    case MAIL_ROLE_NONE:
    default:
      return name ? name : "";
    }
}
