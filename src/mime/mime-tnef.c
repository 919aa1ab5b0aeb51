/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Outlook wraps into a winmail.dat. */
#include "mime-tnef.h"

#include <string.h>

#define SIGNATURE 0x223e9f78u

/* Attributes ([MS-OXTNEF] §2.1.3.2), their type in the upper half */
#define ATTACH_BEGIN 0x00069002u
#define ATTACH_TITLE 0x00018010u
#define ATTACH_DATA 0x0006800fu
#define ATTACH_PROPERTIES 0x00069005u

/* MAPI properties ([MS-OXPROPS]) */
#define LONG_NAME 0x3707
#define MIME_TAG 0x370e

#define TYPE_STRING 0x001e
#define TYPE_UNICODE 0x001f

typedef struct
{
  const guint8 *at;
  const guint8 *end;
  gboolean is_broken;    /* more was asked for than there is: all that follows is 0 */
} Cursor;

void
mime_tnef_file_free (MimeTnefFile *self)
{
  g_free (self->name);
  g_free (self->type);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

static const guint8 *
take (Cursor *self, gsize n)
{
  const guint8 *at = self->at;

  if (self->is_broken || n > (gsize) (self->end - at))
    {
      self->is_broken = TRUE;
      return NULL;
    }
  self->at += n;
  return at;
}

static guint32
take_number (Cursor *self, gsize n)
{
  const guint8 *at = take (self, n);
  guint32 number = 0;

  for (gsize i = n; at && i > 0; i--)
    number = number << 8 | at[i - 1];
  return number;
}

/* Up to its NUL, in the Windows letters of western Europe where it is not UTF-8 */
static char *
dup_string (const guint8 *data, gsize length)
{
  gsize n = strnlen ((const char *) data, length);

  if (g_utf8_validate_len ((const char *) data, n, NULL))
    return g_strndup ((const char *) data, n);
  return g_convert ((const char *) data, (gssize) n, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
}

static char *
dup_unicode (const guint8 *data, gsize length)
{
  g_autofree char *text = g_convert ((const char *) data, (gssize) (length & ~(gsize) 1), "UTF-8", "UTF-16LE", NULL, NULL, NULL);

  return text ? g_utf8_make_valid (text, (gssize) strlen (text)) : NULL;
}

/* The bytes of one value of a fixed size; 0 for those that say their length; -1: unknown, and nothing behind it can be found */
static int
get_size (guint type)
{
  switch (type & 0x0fff)
    {
    case 0x0002: case 0x0003: case 0x0004: case 0x000a: case 0x000b:
      return 4; /* smaller ones are filled up to four */
    case 0x0005: case 0x0006: case 0x0007: case 0x0014: case 0x0040:
      return 8;
    case 0x0048:
      return 16;
    case 0x000d: case TYPE_STRING: case TYPE_UNICODE: case 0x0102:
      return 0;
    default:
      return -1;
    }
}

static void
keep_property (MimeTnefFile *file, guint id, guint type, const guint8 *data, gsize length)
{
  char **kept = id == LONG_NAME ? &file->name : id == MIME_TAG ? &file->type : NULL;
  char *text = !kept ? NULL : type == TYPE_UNICODE ? dup_unicode (data, length) : type == TYPE_STRING ? dup_string (data, length) : NULL;

  if (!text)
    return;
  g_free (*kept);
  *kept = text;
}

static void
skip_name (Cursor *cursor)
{
  take (cursor, 16);
  if (take_number (cursor, 4) == 0)
    take (cursor, 4);
  else
    {
      gsize length = take_number (cursor, 4);

      take (cursor, length);
      take (cursor, -length & 3);
    }
}

static void
read_properties (MimeTnefFile *file, const guint8 *data, gsize length)
{
  Cursor cursor = { data, data + length, FALSE };
  guint32 n = take_number (&cursor, 4);

  for (guint32 i = 0; i < n && i < MIME_TNEF_MAX_PROPERTIES && !cursor.is_broken; i++)
    {
      guint type = take_number (&cursor, 2);
      guint id = take_number (&cursor, 2);
      int size = get_size (type);
      guint32 n_values;

      if (id >= 0x8000)
        skip_name (&cursor);
      if (size < 0)
        return;
      n_values = size == 0 || (type & 0x1000) ? take_number (&cursor, 4) : 1;
      for (guint32 j = 0; j < n_values && !cursor.is_broken; j++)
        {
          gsize value_length = size ? (gsize) size : take_number (&cursor, 4);
          const guint8 *value = take (&cursor, value_length);

          take (&cursor, -value_length & 3);
          if (value && j == 0)
            keep_property (file, id, type, value, value_length);
        }
    }
}

static void
read_attribute (GPtrArray *files, GBytes *bytes, guint32 id, const guint8 *data, gsize length)
{
  const guint8 *start = g_bytes_get_data (bytes, NULL);
  MimeTnefFile *file = files->len ? g_ptr_array_index (files, files->len - 1) : NULL;

  if (id == ATTACH_BEGIN)
    {
      file = g_new0 (MimeTnefFile, 1);
      file->name = g_strdup ("");
      g_ptr_array_add (files, file);
    }
  else if (id == ATTACH_TITLE && file && !*file->name)
    {
      char *name = dup_string (data, length);

      if (name)
        {
          g_free (file->name);
          file->name = name;
        }
    }
  else if (id == ATTACH_DATA && file && !file->data)
    file->data = g_bytes_new_from_bytes (bytes, (gsize) (data - start), length);
  else if (id == ATTACH_PROPERTIES && file)
    read_properties (file, data, length);
}

gboolean
mime_tnef_is (const char *data, gsize length)
{
  Cursor cursor = { (const guint8 *) data, (const guint8 *) data + length, FALSE };

  return take_number (&cursor, 4) == SIGNATURE;
}

GPtrArray *
mime_tnef_unpack (GBytes *bytes)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) mime_tnef_file_free);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  Cursor cursor = { data, data + length, FALSE };

  if (take_number (&cursor, 4) != SIGNATURE)
    return files;
  take (&cursor, 2);
  while (cursor.at < cursor.end && files->len < MIME_TNEF_MAX_FILES)
    {
      guint32 id, size;
      const guint8 *value;

      take (&cursor, 1);
      id = take_number (&cursor, 4);
      size = take_number (&cursor, 4);
      value = take (&cursor, size);
      take (&cursor, 2); /* a sum that is wrong as often as not */
      if (cursor.is_broken)
        break;
      read_attribute (files, bytes, id, value, size);
    }
  for (guint i = files->len; i > 0; i--)
    if (!((MimeTnefFile *) g_ptr_array_index (files, i - 1))->data)
      g_ptr_array_remove_index (files, i - 1);
  return files;
}
