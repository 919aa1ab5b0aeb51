/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture that a card brings along. */
#include "mail-card-private.h"

#include <string.h>

/* What the bytes say counts, not what is said of them. */
static const char *
find_type (const guchar *bytes, gsize size)
{
  static const struct { const char *magic; gsize size; const char *type; } kinds[] = {
    { "\xff\xd8\xff", 3, "image/jpeg" }, { "\x89PNG\r\n\x1a\n", 8, "image/png" }, { "GIF8", 4, "image/gif" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (size > kinds[i].size && memcmp (bytes, kinds[i].magic, kinds[i].size) == 0)
      return kinds[i].type;
  return NULL;
}

/* (nullable): where the base64 begins: behind "data:…;base64," (RFC 6350), or all of it where the encoding says so (RFC 2426, 2.1) */
static const char *
find_base64 (const MailCardProperty *property)
{
  g_autofree char *encoding = mail_card_dup_param (property->params, "ENCODING");
  const char *comma = g_ascii_strncasecmp (property->value, "data:", 5) == 0 ? strchr (property->value, ',') : NULL;

  /* A backslash may stand before the comma and the semicolon, which have a meaning in other values. */
  if (comma && comma - property->value < 100)
    {
      g_autofree char *head = g_ascii_strdown (property->value, comma - property->value);

      return strstr (head, "base64") ? comma + 1 : NULL;
    }
  return encoding && (g_ascii_strcasecmp (encoding, "b") == 0 || g_ascii_strcasecmp (encoding, "base64") == 0) ? property->value : NULL;
}

GBytes *
mail_card_dup_photo (const MailCard *self, const char **type)
{
  for (guint i = 0; i < self->properties->len; i++)
    {
      const MailCardProperty *property = g_ptr_array_index (self->properties, i);
      const char *base64 = g_str_equal (property->name, "PHOTO") ? find_base64 (property) : NULL;
      g_autofree guchar *bytes = NULL;
      gsize size = 0;

      if (base64)
        bytes = g_base64_decode (base64, &size);
      *type = bytes ? find_type (bytes, size) : NULL;
      if (*type)
        return g_bytes_new_take (g_steal_pointer (&bytes), size);
    }
  return NULL;
}
