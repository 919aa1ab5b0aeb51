/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong, and what things are called, in the words and the language of the person who reads them. */
#pragma once

#include <gio/gio.h>

#include "mail-role.h"

G_BEGIN_DECLS

/* The one thing that helps against an error: what the button beside the sentence does. */
typedef enum
{
  APP_HELP_NONE,         /* nothing a button could do: wait, or ask whoever runs the server */
  APP_HELP_TRY_AGAIN,
  APP_HELP_PASSWORD,     /* ask for the password */
  APP_HELP_CERTIFICATE,  /* show the certificate and let the person decide */
  APP_HELP_SETTINGS,     /* the account's settings */
  APP_HELP_EDIT,         /* open the message again and change it */
  APP_HELP_DECIDE,       /* maybe sent: look, then send again or not */
} AppHelp;

/**
 * app_words_error:
 * @error: of any domain
 *
 * Returns: (transfer full): one sentence or two, translated, that say what happened; the server is named where it is known
 */
char *app_words_error (const GError *error);

/* app_words_error_details: (transfer full) (nullable): what may stand folded under the sentence: the server's own words, the
 * problems of its certificate, the engine's message */
char *app_words_error_details (const GError *error);

AppHelp app_words_get_help (const GError *error);

/* app_words_get_help_label: (nullable): the button's label, translated, with a mnemonic; %NULL for APP_HELP_NONE */
const char *app_words_get_help_label (AppHelp help);

/**
 * app_words_error_from_word:
 * @word: (nullable): base_error_get_word () of an error that was kept
 *
 * Returns: (transfer full): the error again, for the functions above: what the store keeps of a failure in the Outbox
 */
GError *app_words_error_from_word (const char *word, const char *message, const char *reply);

/* app_words_get_folder_name: (transfer none): folders with a role have translated names, others the name they were given */
const char *app_words_get_folder_name (MailRole role, const char *name);

G_END_DECLS
