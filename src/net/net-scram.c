/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The three messages of SCRAM and the keys between them, on GnuTLS primitives. */
#include "net-scram.h"

#include "base-error.h"
#include "net-saslprep.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

#define MAX_HASH 32
#define MAX_MESSAGE 8192
#define MAX_SALT 1024
#define MAX_NONCE 1024
#define NONCE_BYTES 18

struct _NetScram
{
  gnutls_mac_algorithm_t mac;
  gnutls_digest_algorithm_t digest;
  gsize size;
  char *password;      /* prepared */
  char *nonce;
  char *first;         /* client-first-message */
  const char *bare;    /* in first: after the GS2 header */
  GByteArray *binding; /* GS2 header and channel binding data */
  guint8 signature[MAX_HASH]; /* that the server must show */
  gboolean has_signature;
  gboolean is_proved;
};

typedef struct
{
  char *nonce;
  guint8 *salt;
  gsize salt_size;
  guint iterations;
} ServerFirst;

static void
wipe (char *text)
{
  if (text)
    gnutls_memset (text, 0, strlen (text));
  g_free (text);
}

/* RFC 5802 §5.1: '=' and ',' in a saslname */
static char *
escape_name (const char *name)
{
  GString *out = g_string_new (NULL);

  for (; *name; name++)
    if (*name == '=')
      g_string_append (out, "=3D");
    else if (*name == ',')
      g_string_append (out, "=2C");
    else
      g_string_append_c (out, *name);
  return g_string_free (out, FALSE);
}

static char *
make_nonce (void)
{
  guint8 bytes[NONCE_BYTES];

  if (gnutls_rnd (GNUTLS_RND_RANDOM, bytes, sizeof bytes) < 0)
    g_error ("The system gives no random numbers");
  return g_base64_encode (bytes, sizeof bytes);
}

static char *
make_header (NetScramBinding binding, const char *type)
{
  switch (binding)
    {
    case NET_SCRAM_BINDING:
      return g_strdup_printf ("p=%s,,", type);
    case NET_SCRAM_BINDING_NOT_ASKED:
      return g_strdup ("y,,");
    default:
      return g_strdup ("n,,");
    }
}

NetScram *
net_scram_new (NetScramHash hash, const char *user, const char *password,
               NetScramBinding binding, const char *binding_type, GBytes *binding_data,
               const char *nonce, GError **error)
{
  g_autoptr (NetScram) self = g_new0 (NetScram, 1);
  g_autofree char *prepared_user = net_saslprep (user, error);
  g_autofree char *name = prepared_user ? escape_name (prepared_user) : NULL;
  g_autofree char *header = make_header (binding, binding_type);

  if (!name)
    return NULL;
  self->password = net_saslprep (password, error);
  if (!self->password)
    return NULL;
  self->mac = hash == NET_SCRAM_SHA_256 ? GNUTLS_MAC_SHA256 : GNUTLS_MAC_SHA1;
  self->digest = hash == NET_SCRAM_SHA_256 ? GNUTLS_DIG_SHA256 : GNUTLS_DIG_SHA1;
  self->size = gnutls_hash_get_len (self->digest);
  self->nonce = nonce ? g_strdup (nonce) : make_nonce ();
  self->first = g_strdup_printf ("%sn=%s,r=%s", header, name, self->nonce);
  self->bare = self->first + strlen (header);
  self->binding = g_byte_array_new ();
  g_byte_array_append (self->binding, (const guint8 *) header, strlen (header));
  if (binding == NET_SCRAM_BINDING)
    g_byte_array_append (self->binding, g_bytes_get_data (binding_data, NULL), g_bytes_get_size (binding_data));
  return g_steal_pointer (&self);
}

void
net_scram_free (NetScram *self)
{
  if (!self)
    return;
  wipe (self->password);
  g_free (self->nonce);
  g_free (self->first);
  g_clear_pointer (&self->binding, g_byte_array_unref);
  gnutls_memset (self->signature, 0, sizeof self->signature);
  g_free (self);
}

const char *
net_scram_get_first (NetScram *self)
{
  return self->first;
}

gboolean
net_scram_is_proved (NetScram *self)
{
  return self->is_proved;
}

static void
set_nonsense (GError **error, const char *what)
{
  g_set_error (error, BASE_ERROR, BASE_ERROR_PROTOCOL, "The server's login challenge makes no sense: %s.", what);
}

/* The words of RFC 5802 §7 that mean more than "wrong". */
static void
set_server_error (GError **error, const char *word)
{
  BaseErrorCode code = BASE_ERROR_WRONG_PASSWORD;
  g_autofree char *reply = g_strndup (word, 200);
  const char *text = "The server refused the login";

  if (g_str_equal (word, "channel-bindings-dont-match") || g_str_equal (word, "server-does-support-channel-binding"))
    {
      code = BASE_ERROR_ATTACK;
      text = "The server sees another encrypted connection than this computer does";
    }
  else if (g_str_equal (word, "no-resources"))
    code = BASE_ERROR_TRY_LATER;
  g_set_error (error, BASE_ERROR, code, "%s: %s", text, reply);
  if (error)
    base_error_set_reply (*error, reply);
}

/* Returns: (transfer full): the message when it is text that could be SCRAM's */
static char *
read_message (const char *bytes, gsize length, GError **error)
{
  if (length > MAX_MESSAGE || memchr (bytes, '\0', length) || !g_utf8_validate (bytes, length, NULL))
    {
      set_nonsense (error, "it is no text of a sensible size");
      return NULL;
    }
  return g_strndup (bytes, length);
}

/* Strictly; g_base64_decode () would take anything. */
static guint8 *
decode (const char *text, gsize *size)
{
  gnutls_datum_t in = { (void *) text, strlen (text) }, out = { NULL, 0 };
  guint8 *bytes;

  if (in.size == 0 || in.size % 4 != 0 || strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") != in.size
      || gnutls_base64_decode2 (&in, &out) < 0)
    return NULL;
  bytes = g_memdup2 (out.data, out.size);
  *size = out.size;
  gnutls_free (out.data);
  return bytes;
}

static gboolean
check_nonce (NetScram *self, const char *nonce, GError **error)
{
  gsize length = strlen (nonce), own = strlen (self->nonce);

  if (strncmp (nonce, self->nonce, own) != 0)
    {
      g_set_error_literal (error, BASE_ERROR, BASE_ERROR_ATTACK,
                           "The server answered a login that is not ours: somebody may be in between.");
      return FALSE;
    }
  if (length == own || length > MAX_NONCE)
    {
      set_nonsense (error, "it adds nothing of its own, or too much");
      return FALSE;
    }
  for (; *nonce; nonce++)
    if (!g_ascii_isgraph (*nonce))
      {
        set_nonsense (error, "its nonce has odd characters");
        return FALSE;
      }
  return TRUE;
}

static gboolean
read_iterations (const char *text, guint *iterations, GError **error)
{
  guint64 n;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT, &n, NULL))
    {
      set_nonsense (error, "it has no number of rounds");
      return FALSE;
    }
  if (n < NET_SCRAM_MIN_ITERATIONS || n > NET_SCRAM_MAX_ITERATIONS)
    {
      g_set_error (error, BASE_ERROR, BASE_ERROR_PROTOCOL,
                   "The server wants the password hashed %" G_GUINT64_FORMAT " times; only %d to %d are accepted.", n,
                   NET_SCRAM_MIN_ITERATIONS, NET_SCRAM_MAX_ITERATIONS);
      return FALSE;
    }
  *iterations = n;
  return TRUE;
}

/* RFC 5802 §7: r=…,s=…,i=… in this order, extensions after them ignored, one before them (m=) not known and so refused */
static gboolean
read_server_first (NetScram *self, const char *message, ServerFirst *out, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (message, ",", 5);

  if (g_str_has_prefix (message, "e="))
    {
      set_server_error (error, message + 2);
      return FALSE;
    }
  if (g_strv_length (parts) < 3 || !g_str_has_prefix (parts[0], "r=") || !g_str_has_prefix (parts[1], "s=")
      || !g_str_has_prefix (parts[2], "i="))
    {
      set_nonsense (error, "nonce, salt and rounds are not there");
      return FALSE;
    }
  if (!check_nonce (self, parts[0] + 2, error) || !read_iterations (parts[2] + 2, &out->iterations, error))
    return FALSE;
  out->salt = decode (parts[1] + 2, &out->salt_size);
  if (!out->salt || out->salt_size == 0 || out->salt_size > MAX_SALT)
    {
      set_nonsense (error, "its salt cannot be read");
      return FALSE;
    }
  out->nonce = g_strdup (parts[0] + 2);
  return TRUE;
}

static void
hmac (NetScram *self, const guint8 *key, const char *text, guint8 *out)
{
  if (gnutls_hmac_fast (self->mac, key, self->size, text, strlen (text), out) < 0)
    g_error ("GnuTLS has no HMAC");
}

/* RFC 5802 §3; leaves what the server must show in signature. */
static void
compute_proof (NetScram *self, const ServerFirst *server, const char *auth_message, guint8 *proof)
{
  static const char client_label[] = "Client Key", server_label[] = "Server Key";
  gnutls_datum_t password = { (void *) self->password, strlen (self->password) };
  gnutls_datum_t salt = { server->salt, server->salt_size };
  guint8 salted[MAX_HASH], client_key[MAX_HASH], stored_key[MAX_HASH], server_key[MAX_HASH];

  if (gnutls_pbkdf2 (self->mac, &password, &salt, server->iterations, salted, self->size) < 0)
    g_error ("GnuTLS has no PBKDF2");
  hmac (self, salted, client_label, client_key);
  hmac (self, salted, server_label, server_key);
  gnutls_hash_fast (self->digest, client_key, self->size, stored_key);
  hmac (self, stored_key, auth_message, proof);
  for (gsize i = 0; i < self->size; i++)
    proof[i] ^= client_key[i];
  hmac (self, server_key, auth_message, self->signature);
  self->has_signature = TRUE;
  gnutls_memset (salted, 0, sizeof salted);
  gnutls_memset (client_key, 0, sizeof client_key);
  gnutls_memset (stored_key, 0, sizeof stored_key);
  gnutls_memset (server_key, 0, sizeof server_key);
}

char *
net_scram_dup_final (NetScram *self, const char *server_first, gsize length, GError **error)
{
  g_autofree char *message = read_message (server_first, length, error);
  g_autofree char *binding = g_base64_encode (self->binding->data, self->binding->len);
  g_autofree char *without_proof = NULL;
  g_autofree char *auth_message = NULL;
  g_autofree char *proof_text = NULL;
  g_autofree guint8 *salt = NULL;
  g_autofree char *nonce = NULL;
  ServerFirst server = { NULL };
  guint8 proof[MAX_HASH];
  gboolean is_read = message && read_server_first (self, message, &server, error);

  salt = server.salt;
  nonce = server.nonce;
  if (!is_read)
    return NULL;
  without_proof = g_strdup_printf ("c=%s,r=%s", binding, nonce);
  auth_message = g_strdup_printf ("%s,%s,%s", self->bare, message, without_proof);
  compute_proof (self, &server, auth_message, proof);
  proof_text = g_base64_encode (proof, self->size);
  return g_strdup_printf ("%s,p=%s", without_proof, proof_text);
}

gboolean
net_scram_check (NetScram *self, const char *server_final, gsize length, GError **error)
{
  g_autofree char *message = read_message (server_final, length, error);
  g_autofree guint8 *shown = NULL;
  gsize size = 0;
  char *comma;

  if (!message)
    return FALSE;
  comma = strchr (message, ','); /* extensions */
  if (comma)
    *comma = '\0';
  if (g_str_has_prefix (message, "e="))
    {
      set_server_error (error, message + 2);
      return FALSE;
    }
  if (!g_str_has_prefix (message, "v="))
    {
      set_nonsense (error, "the signature is not there");
      return FALSE;
    }
  shown = decode (message + 2, &size);
  self->is_proved = self->has_signature && shown && size == self->size && gnutls_memcmp (shown, self->signature, size) == 0;
  if (!self->is_proved)
    g_set_error_literal (error, BASE_ERROR, BASE_ERROR_ATTACK,
                         "The server does not know the password itself: somebody pretends to be it.");
  return self->is_proved;
}
