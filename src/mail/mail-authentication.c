/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a server that received a message found out about its sender. */
#include "mail-authentication.h"

#include <string.h>

#define MAX_VALUE 16384   /* bytes that are looked at */

typedef struct
{
  char *method;
  char *result;
  char *domain;           /* what it speaks of: header.d, header.from, smtp.mailfrom's; NULL when it does not say */
} Result;

/* Text in tokens: words, quoted strings, and the three marks; comments and blanks between them are passed over (RFC 5322 §3.2). */
typedef struct
{
  const char *at;
  const char *end;
  char *word;             /* of a word; NULL for a mark and at the end */
  char mark;              /* ';', '=', '/', or '\0' at the end */
} Tokens;

static void
result_clear (gpointer data)
{
  Result *result = data;

  g_free (result->method);
  g_free (result->result);
  g_free (result->domain);
}

void
mail_authentication_free (MailAuthentication *self)
{
  g_free (self->server);
  g_array_unref (self->results);
  g_free (self);
}

static void
skip_blanks (Tokens *self)
{
  guint depth = 0;

  for (; self->at < self->end; self->at++)
    if (depth && *self->at == '\\' && self->at + 1 < self->end)
      self->at++;
    else if (*self->at == '(')
      depth++;
    else if (depth && *self->at == ')')
      depth--;
    else if (!depth && !g_ascii_isspace (*self->at))
      return;
}

static void
next (Tokens *self)
{
  g_autoptr (GString) word = g_string_new (NULL);

  g_clear_pointer (&self->word, g_free);
  self->mark = '\0';
  skip_blanks (self);
  if (self->at == self->end)
    return;
  if (strchr (";=/", *self->at))
    {
      self->mark = *self->at++;
      return;
    }
  if (*self->at == '"')
    {
      for (self->at++; self->at < self->end && *self->at != '"'; self->at++)
        {
          if (*self->at == '\\' && self->at + 1 < self->end)
            self->at++;
          g_string_append_c (word, *self->at);
        }
      self->at += self->at < self->end;
    }
  else
    while (self->at < self->end && !g_ascii_isspace (*self->at) && !strchr (";=/(\"", *self->at))
      g_string_append_c (word, *self->at++);
  self->word = g_ascii_strdown (word->str, (gssize) word->len);
}

static gboolean
is_end (const Tokens *self)
{
  return !self->word && (self->mark == ';' || self->mark == '\0');
}

/* "property=value" after a result; only those that name the domain a result speaks of are kept. */
static void
keep_property (Result *result, const char *name, const char *value)
{
  static const struct { const char *method, *name; } kept[] = {
    { "dkim", "header.d" }, { "dkim", "header.i" }, { "dmarc", "header.from" }, { "spf", "smtp.mailfrom" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    if (!result->domain && g_str_equal (kept[i].method, result->method) && g_str_equal (kept[i].name, name))
      {
        const char *at = strrchr (value, '@');

        result->domain = g_strdup (at ? at + 1 : value);
      }
}

/* methodspec [reasonspec] [propspec…], up to the next ";" */
static void
read_result (MailAuthentication *self, Tokens *tokens)
{
  Result result = { 0 };
  g_autofree char *name = NULL;

  result.method = g_strdup (tokens->word);
  next (tokens);
  if (tokens->mark == '/') /* the method's version */
    {
      next (tokens);
      next (tokens);
    }
  if (tokens->mark == '=')
    {
      next (tokens);
      result.result = g_strdup (tokens->word);
    }
  while (!is_end (tokens))
    {
      next (tokens);
      if (tokens->word)
        {
          g_free (name);
          name = g_strdup (tokens->word);
        }
      else if (tokens->mark == '=' && name)
        {
          next (tokens);
          if (tokens->word)
            keep_property (&result, name, tokens->word);
        }
    }
  if (result.result)
    g_array_append_val (self->results, result);
  else
    result_clear (&result);
}

MailAuthentication *
mail_authentication_parse (const char *value, gsize length)
{
  Tokens tokens = { .at = value, .end = value + MIN (length, MAX_VALUE) };
  MailAuthentication *self;

  next (&tokens);
  if (!tokens.word || !*tokens.word)
    {
      g_free (tokens.word);
      return NULL;
    }
  self = g_new0 (MailAuthentication, 1);
  self->server = g_strdup (tokens.word);
  self->results = g_array_new (FALSE, TRUE, sizeof (Result));
  g_array_set_clear_func (self->results, result_clear);
  do
    next (&tokens); /* a version may stand there */
  while (!is_end (&tokens));
  while (tokens.mark == ';' && self->results->len < MAIL_AUTHENTICATION_MAX_RESULTS)
    {
      next (&tokens);
      if (tokens.word)
        read_result (self, &tokens);
    }
  g_free (tokens.word);
  return self;
}

/* What stands for an organisation: two words, or three where the last two are a country's own second level ("co.uk", "com.br"). Too much is
 * worse than too little here: another's name must never count as ours. */
static const char *
find_organisation (const char *host)
{
  const char *dots[3] = { NULL };
  guint n = 0;

  for (const char *p = host + strlen (host); p > host && n < 3; p--)
    if (p[-1] == '.')
      dots[n++] = p;
  if (n < 2)
    return host;
  if (strlen (dots[0]) == 2 && dots[0] - dots[1] - 1 <= 4)
    return n == 3 ? dots[2] : host;
  return dots[1];
}

gboolean
mail_authentication_is_by (const MailAuthentication *self, const char *host)
{
  static const struct { const char *host, *server; } others[] = {
    { "gmail.com", "mx.google.com" }, { "googlemail.com", "mx.google.com" }, { "fastmail.com", "messagingengine.com" },
    { "me.com", "icloud.com" }, { "gmx.com", "gmx.net" },
  };
  g_autofree char *ours = g_ascii_strdown (host, -1);
  const char *organisation = find_organisation (ours);

  if (!strchr (self->server, '.'))
    return FALSE;
  if (g_str_equal (self->server, ours) || g_str_equal (find_organisation (self->server), organisation))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_str_equal (organisation, others[i].host)
        && (g_str_equal (self->server, others[i].server) || g_str_equal (find_organisation (self->server), others[i].server)))
      return TRUE;
  return FALSE;
}

/* RFC 7489 §3.1, relaxed: the same domain, or one below the other */
static gboolean
is_aligned (const char *a, const char *b)
{
  gsize n = strlen (a), m = strlen (b);

  if (n < m)
    return is_aligned (b, a);
  return m && g_ascii_strcasecmp (a + n - m, b) == 0 && (n == m || a[n - m - 1] == '.') && strchr (b, '.');
}

MailVerdict
mail_authentication_judge (const MailAuthentication *self, const char *domain)
{
  MailVerdict verdict = MAIL_VERDICT_SILENT;

  for (guint i = 0; i < self->results->len; i++)
    {
      const Result *result = &g_array_index (self->results, Result, i);
      gboolean is_theirs = result->domain && is_aligned (result->domain, domain);

      if (g_str_equal (result->method, "dmarc") && (!result->domain || is_theirs))
        {
          if (g_str_equal (result->result, "pass"))
            return MAIL_VERDICT_CONFIRMED;
          if (g_str_equal (result->result, "fail"))
            return MAIL_VERDICT_DOUBTED;
        }
      else if (is_theirs && g_str_equal (result->result, "pass")
               && (g_str_equal (result->method, "dkim") || g_str_equal (result->method, "spf")))
        verdict = MAIL_VERDICT_CONFIRMED;
    }
  return verdict;
}
