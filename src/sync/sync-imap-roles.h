/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which mailbox is for what, where the server does not say so (RFC 6154). Pure. */
#pragma once

#include "mail-role.h"

G_BEGIN_DECLS

/* The roles an account has to have, besides the Inbox. */
extern const MailRole sync_imap_roles_needed[5];

/**
 * sync_imap_roles_guess:
 * @path: as people see it: "Papierkorb", "INBOX/Sent Items"
 *
 * By the names that mail programs and providers have given such folders, in the languages they come in; only for folders at the top or
 * right below the Inbox: "Projects/Archive" is somebody's own.
 *
 * Returns: %MAIL_ROLE_NONE for all others
 */
MailRole sync_imap_roles_guess (const char *path);

/* sync_imap_roles_get_name: what a folder that has to be made is called on the server; _get_use: its SPECIAL-USE attribute */
const char *sync_imap_roles_get_name (MailRole role);
const char *sync_imap_roles_get_use (MailRole role);

G_END_DECLS
