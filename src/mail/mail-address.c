/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person at an address: value, list, and the text form that the store keeps and people type. */
#include "mail-address.h"

#include <string.h>

#define MAX_ADDRESS 254 /* RFC 5321 §4.5.3.1.3, less the angle brackets */

G_DEFINE_BOXED_TYPE (MailAddress, mail_address, mail_address_copy, mail_address_free)

MailAddress *
mail_address_new (const char *name, const char *address)
{
  MailAddress *self = g_new (MailAddress, 1);

  self->name = g_strdup (name ? name : "");
  self->address = g_strdup (address ? address : "");
  return self;
}

MailAddress *
mail_address_copy (const MailAddress *self)
{
  return mail_address_new (self->name, self->address);
}

void
mail_address_free (MailAddress *self)
{
  g_free (self->name);
  g_free (self->address);
  g_free (self);
}

const char *
mail_address_get_label (const MailAddress *self)
{
  return *self->name ? self->name : self->address;
}

/* RFC 5322 §3.2.3: what may stand in a phrase without quotes; 8-bit characters may, RFC 6532 */
static gboolean
needs_quotes (const char *name)
{
  return strpbrk (name, "()<>[]:;@\\,.\"") != NULL || g_ascii_isspace (*name) || (*name && g_ascii_isspace (name[strlen (name) - 1]));
}

char *
mail_address_to_string (const MailAddress *self)
{
  GString *out;

  if (!*self->name)
    return g_strdup (self->address);

  out = g_string_new (NULL);
  if (needs_quotes (self->name))
    {
      g_string_append_c (out, '"');
      for (const char *p = self->name; *p; p++)
        {
          if (*p == '"' || *p == '\\')
            g_string_append_c (out, '\\');
          g_string_append_c (out, *p);
        }
      g_string_append_c (out, '"');
    }
  else
    g_string_append (out, self->name);
  g_string_append_printf (out, " <%s>", self->address);
  return g_string_free (out, FALSE);
}

GPtrArray *
mail_address_list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) mail_address_free);
}

char *
mail_address_list_to_string (const GPtrArray *list)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; list && i < list->len; i++)
    {
      g_autofree char *one = mail_address_to_string (g_ptr_array_index (list, i));

      if (i > 0)
        g_string_append (out, ", ");
      g_string_append (out, one);
    }
  return g_string_free (out, FALSE);
}

/* Reads one entry up to a comma or semicolon outside quotes and brackets; fills name and address, returns where to go on. */
static const char *
read_entry (const char *p, GString *name, GString *address)
{
  gboolean in_quotes = FALSE, in_angle = FALSE;

  for (; *p; p++)
    {
      if (in_quotes)
        {
          if (*p == '\\' && p[1])
            p++;
          else if (*p == '"')
            {
              in_quotes = FALSE;
              continue;
            }
          g_string_append_c (name, *p);
        }
      else if (in_angle)
        {
          if (*p == '>')
            in_angle = FALSE;
          else
            g_string_append_c (address, *p);
        }
      else if (*p == '"')
        in_quotes = TRUE;
      else if (*p == '<')
        {
          g_string_truncate (address, 0);
          in_angle = TRUE;
        }
      else if (*p == ',' || *p == ';' || *p == '\n')
        return p + 1;
      else
        g_string_append_c (name, *p);
    }
  return p;
}

GPtrArray *
mail_address_list_parse (const char *text)
{
  GPtrArray *list = mail_address_list_new ();

  while (text && *text)
    {
      g_autoptr (GString) name = g_string_new (NULL);
      g_autoptr (GString) address = g_string_new (NULL);

      text = read_entry (text, name, address);
      g_strstrip (name->str);
      g_strstrip (address->str);
      if (*address->str)
        g_ptr_array_add (list, mail_address_new (name->str, address->str));
      else if (*name->str)
        g_ptr_array_add (list, mail_address_new (NULL, name->str));
    }
  return list;
}

static gboolean
is_valid_domain (const char *domain)
{
  gsize label = 0;

  if (*domain == '[') /* an address literal: RFC 5321 §4.1.3 */
    return strlen (domain) > 2 && g_str_has_suffix (domain, "]");
  for (const char *p = domain;; p++)
    {
      if (*p == '.' || *p == '\0')
        {
          if (label == 0 || label > 63 || p[-1] == '-')
            return FALSE;
          if (*p == '\0')
            return TRUE;
          label = 0;
          continue;
        }
      if (!(g_ascii_isalnum (*p) || (*p == '-' && label > 0) || *p == '_' || (guchar) *p >= 0x80))
        return FALSE;
      label++;
    }
}

static gboolean
is_valid_local (const char *local, gsize length)
{
  gboolean is_quoted = length >= 2 && local[0] == '"' && local[length - 1] == '"';

  if (length == 0 || length > 64)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      guchar c = local[i];

      if (c < 0x20 || c == 0x7f)
        return FALSE;
      if (!is_quoted && (c == ' ' || strchr ("()<>[]:;@\\,\"", c)))
        return FALSE;
    }
  return is_quoted || (local[0] != '.' && local[length - 1] != '.' && !g_strstr_len (local, length, ".."));
}

gboolean
mail_address_is_valid (const char *address)
{
  const char *at = address ? strrchr (address, '@') : NULL;

  return at && strlen (address) <= MAX_ADDRESS && g_utf8_validate (address, -1, NULL)
         && is_valid_local (address, at - address) && is_valid_domain (at + 1);
}

const char *
mail_address_get_domain (const char *address)
{
  const char *at = address ? strrchr (address, '@') : NULL;

  return at && at[1] ? at + 1 : NULL;
}

gboolean
mail_address_equal (const char *a, const char *b)
{
  g_autofree char *folded_a = g_utf8_casefold (a ? a : "", -1);
  g_autofree char *folded_b = g_utf8_casefold (b ? b : "", -1);

  return g_str_equal (folded_a, folded_b);
}
