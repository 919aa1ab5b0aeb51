/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options that describe an account, shared by "account add" and "account set". */
#pragma once

#include "account.h"

G_BEGIN_DECLS

typedef struct
{
  char *title, *email, *name;
  char *incoming, *host, *security, *user;
  int port;
  char *smtp_host, *smtp_security, *smtp_user;
  int smtp_port;
  gboolean smtp_no_auth, smtp_auth;
  char *leave_on_server;
  char *keep_here;
  char *watch;
  char *trust_certificate, *ca_file;
  gint64 headers_above;  /* -1: not given */
  int check_minutes;     /* -1: not given */
  int deleted_days, junk_days; /* likewise */
  char *password_file, *smtp_password_file;
} CliSettings;

void cli_settings_init (CliSettings *self);
void cli_settings_clear (CliSettings *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliSettings, cli_settings_clear)

/* cli_settings_get_entries: (transfer full): options that write into @self; g_free () the array */
GOptionEntry *cli_settings_get_entries (CliSettings *self);

/**
 * cli_settings_apply:
 *
 * What was given goes into @account; ports follow a changed security when they were the usual ones. Files are read.
 *
 * Returns: %FALSE with %BASE_ERROR_INVALID for a word that is none of those allowed (a usage error), or %BASE_ERROR_FILE
 */
gboolean cli_settings_apply (const CliSettings *self, Account *account, GError **error);

G_END_DECLS
