/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one error domain. A code says what a person can do about it; the message says what happened, in one English
 * sentence for logs and the CLI (app/ words it anew for people); the server's own words travel beside it. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BASE_ERROR (base_error_quark ())

/* The words in base-error.c (BASE_ERROR_WRONG_PASSWORD is "wrong-password") are the contract of posthorn-cli --json. */
typedef enum
{
  BASE_ERROR_FAILED,               /* nothing better is known */
  BASE_ERROR_INVALID,              /* the input itself is wrong: a setting, an address, an argument */
  BASE_ERROR_NOT_FOUND,            /* no such account, folder, message */
  BASE_ERROR_NOT_AVAILABLE,        /* this version cannot do it yet */
  BASE_ERROR_EXISTS,               /* a folder or account of that name is already there */

  BASE_ERROR_WRONG_PASSWORD,       /* the server refused the password: ask for another */
  BASE_ERROR_NO_PASSWORD,          /* none is known: ask for one */
  BASE_ERROR_LOGIN_REFUSED,        /* right or wrong, the server lets nobody in this way (disabled, app password wanted…) */
  BASE_ERROR_NO_SECRET_SERVICE,    /* no keyring answers on this desktop */
  BASE_ERROR_KEYRING_LOCKED,       /* the keyring is there and stayed locked */

  BASE_ERROR_NETWORK,              /* connection lost, or the network is down */
  BASE_ERROR_HOST_NOT_FOUND,       /* no such server name */
  BASE_ERROR_CONNECTION_REFUSED,   /* nobody listens on that port */
  BASE_ERROR_TIMED_OUT,            /* the server did not answer in time */
  BASE_ERROR_CERTIFICATE,          /* the server's certificate was refused; see base_error_get_certificate () */
  BASE_ERROR_NO_TLS,               /* encryption was demanded and cannot be had */
  BASE_ERROR_ATTACK,               /* bytes before the handshake, a forged SCRAM signature: somebody is in between */
  BASE_ERROR_PROTOCOL,             /* the server said what the protocol does not allow */
  BASE_ERROR_REFUSED,              /* the server understood and said no, for good */
  BASE_ERROR_TRY_LATER,            /* the server said no, for the moment (IN-USE, LOGIN-DELAY, 4xx) */

  BASE_ERROR_RECIPIENT_REFUSED,    /* no recipient was accepted */
  BASE_ERROR_SOME_RECIPIENTS_REFUSED,
  BASE_ERROR_SENDER_REFUSED,       /* the server does not let this address send */
  BASE_ERROR_TOO_LARGE,            /* over the server's announced or spoken limit */
  BASE_ERROR_MAILBOX_FULL,         /* no room is left at the server: remove something there */
  BASE_ERROR_MAYBE_SENT,           /* cut after the last dot: only a person may decide to send again */

  BASE_ERROR_DISK_FULL,
  BASE_ERROR_STORE,                /* SQLite could not read or write; the message says what */
  BASE_ERROR_STORE_DAMAGED,        /* the database is not sound */
  BASE_ERROR_STORE_NEWER,          /* written by a newer Posthorn */
  BASE_ERROR_INDEX_RENEWED,        /* the search index was damaged and is built anew: search again later; no mail is lost */
  BASE_ERROR_FILE,                 /* a file of the person's could not be read or written */
  BASE_ERROR_PARTLY,               /* some of it was done; the rest is listed elsewhere */
  BASE_N_ERRORS
} BaseErrorCode;

GQuark base_error_quark (void);

/**
 * base_error_get_word:
 *
 * Returns: the code's stable word, as "wrong-password". Errors of other domains have words too: "cancelled" for
 *   %G_IO_ERROR_CANCELLED, "failed" for what is unknown.
 */
const char *base_error_get_word (const GError *error);

/* base_error_new_from_word: (transfer full): the error that was kept as word, message and reply (each nullable), as the Outbox does */
GError *base_error_new_from_word (const char *word, const char *message, const char *reply);

/**
 * base_error_set_server:
 * @error: (nullable): of %BASE_ERROR, else nothing is done
 * @host: (nullable): kept unless one was set before (the innermost place knows best); likewise @port, @security
 * @security: (nullable): "tls", "starttls" or "plaintext"
 *
 * Says which server the error is about.
 */
void base_error_set_server (GError *error, const char *host, guint port, const char *security);

/**
 * base_error_set_reply:
 * @reply: (nullable): the server's own words; cut to 1,000 bytes, made valid UTF-8, without control characters other than
 *   '\n' and without direction characters
 */
void base_error_set_reply (GError *error, const char *reply);

/* base_error_clean_reply: (transfer full): a server's words as base_error_set_reply () keeps them: fit to be shown */
char *base_error_clean_reply (const char *reply);

/**
 * base_error_set_certificate:
 * @pem: the certificate that was refused, as one PEM block
 * @problems: (nullable): one English sentence a problem, joined by newlines
 */
void base_error_set_certificate (GError *error, const char *pem, const char *problems);

/* base_error_set_delay: of %BASE_ERROR_TRY_LATER: how many seconds the server wants to pass first */
void base_error_set_delay (GError *error, guint seconds);
guint base_error_get_delay (const GError *error);              /* 0 when it said nothing */

const char *base_error_get_host (const GError *error);         /* (nullable) */
guint base_error_get_port (const GError *error);               /* 0 when none is known */
const char *base_error_get_security (const GError *error);     /* (nullable) */
const char *base_error_get_reply (const GError *error);        /* (nullable) */
const char *base_error_get_certificate (const GError *error);  /* (nullable) */
const char *base_error_get_certificate_problems (const GError *error); /* (nullable) */

/**
 * base_error_is_temporary:
 *
 * Returns: whether trying again later, unchanged, may work: no network, a busy server, a time-out
 */
gboolean base_error_is_temporary (const GError *error);

G_END_DECLS
