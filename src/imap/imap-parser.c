/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A framed response taken apart: status, continuation or data with its values as a tree. */
#include "imap-parser.h"

#include "imap-frame.h"

#include <string.h>

#define MAX_OBJECT_ID 255 /* RFC 8474 §7 */
#define NODES_A_BLOCK 512
#define SMALL_LITERAL 65536

struct _ImapParser
{
  ImapFrame frame;
  guint n_skipped;

  /* of the response that was given out last */
  ImapResponse response;
  char *status_text;
  GPtrArray *blocks;    /* of ImapNode[NODES_A_BLOCK], kept from response to response */
  guint n_nodes;
  char *strings;        /* atoms and quoted strings, each with its NUL: never more than the text and its end */
  gsize strings_size;
  gsize strings_used;

  /* where taking apart has come to */
  const char *text;
  gsize length;
  gsize at;
  guint next_literal;
  gboolean is_nonsense;
};

ImapParser *
imap_parser_new (void)
{
  ImapParser *self = g_new0 (ImapParser, 1);

  imap_frame_init (&self->frame);
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
imap_parser_free (ImapParser *self)
{
  imap_frame_clear (&self->frame);
  g_ptr_array_unref (self->blocks);
  g_free (self->strings);
  g_free (self->status_text);
  g_free (self);
}

GByteArray *
imap_parser_get_pending (ImapParser *self)
{
  return self->frame.lines.pending;
}

static ImapNode *
new_node (ImapParser *self, ImapNodeType type)
{
  guint block = self->n_nodes / NODES_A_BLOCK;
  ImapNode *node;

  if (self->n_nodes >= IMAP_MAX_NODES)
    {
      self->is_nonsense = TRUE;
      return NULL;
    }
  if (block >= self->blocks->len)
    g_ptr_array_add (self->blocks, g_new (ImapNode, NODES_A_BLOCK));
  node = (ImapNode *) g_ptr_array_index (self->blocks, block) + self->n_nodes++ % NODES_A_BLOCK;
  *node = (ImapNode) { .type = type };
  return node;
}

static char
peek (ImapParser *self)
{
  return self->at < self->length ? self->text[self->at] : '\0';
}

static gboolean
is_at_literal (ImapParser *self)
{
  return self->next_literal < self->frame.literals->len
         && g_array_index (self->frame.literals, ImapLiteral, self->next_literal).offset == self->at;
}

static gboolean
is_at_end (ImapParser *self)
{
  return self->at >= self->length && !is_at_literal (self);
}

static void
skip_spaces (ImapParser *self)
{
  while (!is_at_literal (self) && peek (self) == ' ')
    self->at++;
}

static char *
keep_string (ImapParser *self, const char *from, gsize length)
{
  char *kept = self->strings + self->strings_used;

  memcpy (kept, from, length);
  kept[length] = '\0';
  self->strings_used += length + 1;
  g_assert (self->strings_used <= self->strings_size);
  return kept;
}

static ImapNode *
read_literal (ImapParser *self)
{
  const ImapLiteral *literal = &g_array_index (self->frame.literals, ImapLiteral, self->next_literal++);
  gsize size = g_bytes_get_size (literal->bytes);
  ImapNode *node = new_node (self, size <= SMALL_LITERAL ? IMAP_NODE_STRING : IMAP_NODE_LITERAL);

  if (!node)
    return NULL;
  node->bytes = literal->bytes;
  node->length = size;
  node->text = node->type == IMAP_NODE_STRING ? (size ? g_bytes_get_data (literal->bytes, NULL) : "") : NULL;
  return node;
}

/* Any byte may be escaped, not only the two that RFC 9051 names: Exchange has been seen to escape more. */
static ImapNode *
read_quoted (ImapParser *self)
{
  ImapNode *node = new_node (self, IMAP_NODE_STRING);
  char *kept = self->strings + self->strings_used;
  gsize n = 0;

  if (!node)
    return NULL;
  for (self->at++; self->at < self->length && self->text[self->at] != '"'; self->at++)
    {
      if (self->text[self->at] == '\\' && self->at + 1 < self->length)
        self->at++;
      kept[n++] = self->text[self->at];
    }
  if (self->at >= self->length)
    {
      self->is_nonsense = TRUE;
      return NULL;
    }
  self->at++;
  kept[n] = '\0';
  self->strings_used += n + 1;
  node->text = kept;
  node->length = n;
  return node;
}

/* Up to a space or parenthesis; a section's brackets hold whatever they hold: BODY[HEADER.FIELDS (FROM "TO")]<0> */
static ImapNode *
read_atom (ImapParser *self, char closing)
{
  gsize from = self->at;
  int brackets = 0;
  ImapNode *node;

  for (; self->at < self->length && !(is_at_literal (self) && self->at > from); self->at++)
    {
      char c = self->text[self->at];

      if (c == '[')
        brackets++;
      else if (c == ']' && brackets > 0)
        brackets--;
      else if (brackets == 0 && (c == ' ' || c == '(' || c == ')' || c == closing))
        break;
    }
  if (brackets > 0 || self->at == from)
    {
      self->is_nonsense = TRUE;
      return NULL;
    }
  node = new_node (self, IMAP_NODE_ATOM);
  if (!node)
    return NULL;
  node->length = self->at - from;
  node->text = keep_string (self, self->text + from, node->length);
  if (g_ascii_strcasecmp (node->text, "NIL") == 0)
    node->type = IMAP_NODE_NIL;
  return node;
}

static const ImapNode *read_values (ImapParser *self, char closing, guint depth);

static ImapNode *
read_list (ImapParser *self, guint depth)
{
  ImapNode *node = new_node (self, IMAP_NODE_LIST);

  if (!node || depth >= IMAP_MAX_DEPTH)
    {
      self->is_nonsense = TRUE;
      return NULL;
    }
  self->at++;
  node->first = read_values (self, ')', depth + 1);
  if (peek (self) != ')' || is_at_literal (self))
    self->is_nonsense = TRUE;
  self->at++;
  return node;
}

/* Values with spaces between, up to @closing or the end. Lists need no space between them: BODYSTRUCTURE's parts have none. */
static const ImapNode *
read_values (ImapParser *self, char closing, guint depth)
{
  ImapNode *first = NULL, *last = NULL;

  for (;;)
    {
      ImapNode *node;

      skip_spaces (self);
      if (self->is_nonsense || is_at_end (self))
        return first;
      if (is_at_literal (self))
        node = read_literal (self);
      else if (closing && peek (self) == closing)
        return first;
      else if (peek (self) == '(')
        node = read_list (self, depth);
      else if (peek (self) == '"')
        node = read_quoted (self);
      else
        node = read_atom (self, closing);
      if (!node)
        return first;
      if (last)
        last->next = node;
      else
        first = node;
      last = node;
    }
}

static char *
read_word (ImapParser *self, const char *stops)
{
  gsize from = self->at;

  while (self->at < self->length && !strchr (stops, self->text[self->at]))
    self->at++;
  return keep_string (self, self->text + from, self->at - from);
}

static void
upper (char *word)
{
  for (; *word; word++)
    *word = g_ascii_toupper (*word);
}

/* "[CODE values] text". Where the brackets do not close it is all text. */
static void
read_status_rest (ImapParser *self)
{
  gsize from;
  char *code;

  skip_spaces (self);
  from = self->at;
  if (peek (self) == '[')
    {
      self->at++;
      code = read_word (self, " ]");
      upper (code);
      self->response.code_arguments = read_values (self, ']', 0);
      if (!self->is_nonsense && peek (self) == ']' && *code)
        {
          self->response.code = code;
          self->at++;
          skip_spaces (self);
        }
      else
        {
          self->is_nonsense = FALSE;
          self->response.code_arguments = NULL;
          self->at = from;
        }
    }
  self->status_text = g_utf8_make_valid (self->text + self->at, self->length - self->at);
  self->response.text = self->status_text;
  self->response.kind = IMAP_RESPONSE_STATUS;
}

static gboolean
find_status (const char *word, ImapStatus *status)
{
  static const char *const words[] = { "OK", "NO", "BAD", "PREAUTH", "BYE" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (word, words[i]) == 0)
      {
        *status = i;
        return TRUE;
      }
  return FALSE;
}

static void
read_data_rest (ImapParser *self, char *name)
{
  ImapNode digits = { .type = IMAP_NODE_ATOM, .text = name };
  guint64 number;

  self->response.kind = IMAP_RESPONSE_DATA;
  if (imap_node_get_number (&digits, &number))
    {
      if (number > G_MAXUINT32)
        self->is_nonsense = TRUE;
      self->response.has_number = TRUE;
      self->response.number = number;
      skip_spaces (self);
      name = read_word (self, " (");
    }
  if (!*name)
    self->is_nonsense = TRUE;
  upper (name);
  self->response.name = name;
  self->response.arguments = read_values (self, '\0', 0);
}

/* Takes the frame apart; FALSE when it makes no sense */
static gboolean
take_apart (ImapParser *self)
{
  char *word;

  self->text = (const char *) self->frame.text->data;
  self->length = self->frame.text->len;
  self->at = self->next_literal = self->n_nodes = self->strings_used = 0;
  self->is_nonsense = FALSE;
  self->response = (ImapResponse) { 0 };
  g_clear_pointer (&self->status_text, g_free);
  if (self->strings_size < self->length + 16)
    {
      self->strings_size = (self->length + 16) * 2;
      g_free (self->strings);
      self->strings = g_malloc (self->strings_size);
    }

  if (peek (self) == '+')
    {
      self->at++;
      if (peek (self) == ' ')
        self->at++;
      self->response.kind = IMAP_RESPONSE_CONTINUATION;
      self->response.text = keep_string (self, self->text + self->at, self->length - self->at);
      return TRUE;
    }
  word = read_word (self, " ");
  if (!*word || peek (self) != ' ')
    return FALSE;
  if (!g_str_equal (word, "*"))
    self->response.tag = word;
  skip_spaces (self);
  word = read_word (self, " (");
  if (find_status (word, &self->response.status))
    read_status_rest (self);
  else if (self->response.tag)
    return FALSE;
  else
    read_data_rest (self, word);
  return !self->is_nonsense && (self->response.kind == IMAP_RESPONSE_STATUS || is_at_end (self));
}

ImapEvent
imap_parser_next (ImapParser *self, const ImapResponse **response)
{
  for (;;)
    {
      switch (imap_frame_next (&self->frame))
        {
        case IMAP_FRAME_NEED_BYTES:
          return IMAP_EVENT_NEED_BYTES;
        case IMAP_FRAME_BROKEN:
          return IMAP_EVENT_BROKEN;
        default:
          break;
        }
      if (take_apart (self))
        {
          *response = &self->response;
          return IMAP_EVENT_RESPONSE;
        }
      self->n_skipped++;
    }
}

const char *
imap_parser_get_fault (ImapParser *self)
{
  return self->frame.fault;
}

guint
imap_parser_get_skipped (ImapParser *self)
{
  return self->n_skipped;
}

gboolean
imap_parser_is_idle (ImapParser *self)
{
  return imap_frame_is_between (&self->frame);
}

gsize
imap_parser_take_rest (ImapParser *self, const char **rest)
{
  *rest = "";
  return net_line_buffer_take (&self->frame.lines, G_MAXSIZE, rest);
}

gboolean
imap_node_is_atom (const ImapNode *node, const char *name)
{
  return node && node->type == IMAP_NODE_ATOM && g_ascii_strcasecmp (node->text, name) == 0;
}

gboolean
imap_node_get_number (const ImapNode *node, guint64 *number)
{
  guint64 value = 0;

  if (!node || (node->type != IMAP_NODE_ATOM && node->type != IMAP_NODE_STRING) || !*node->text)
    return FALSE;
  for (const char *p = node->text; *p; p++)
    {
      if (!g_ascii_isdigit (*p) || value > (G_MAXINT64 - 9) / 10)
        return FALSE;
      value = value * 10 + (*p - '0');
    }
  *number = value;
  return TRUE;
}

const char *
imap_node_get_string (const ImapNode *node)
{
  if (!node || (node->type != IMAP_NODE_ATOM && node->type != IMAP_NODE_STRING) || strlen (node->text) != node->length)
    return NULL;
  return node->text;
}

GBytes *
imap_node_dup_bytes (const ImapNode *node)
{
  if (!node || node->type == IMAP_NODE_NIL || node->type == IMAP_NODE_LIST)
    return NULL;
  return node->bytes ? g_bytes_ref (node->bytes) : g_bytes_new (node->text, node->length);
}

char *
imap_node_dup_object_id (const ImapNode *node)
{
  const char *text = imap_node_get_string (node && node->type == IMAP_NODE_LIST ? node->first : node);
  gsize length = text ? strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") : 0;

  return length > 0 && length <= MAX_OBJECT_ID && text[length] == '\0' ? g_strdup (text) : NULL;
}

guint
imap_node_count (const ImapNode *list)
{
  guint n = 0;

  for (const ImapNode *node = list && list->type == IMAP_NODE_LIST ? list->first : NULL; node; node = node->next)
    n++;
  return n;
}

const ImapNode *
imap_node_nth (const ImapNode *list, guint n)
{
  const ImapNode *node = list && list->type == IMAP_NODE_LIST ? list->first : NULL;

  while (node && n-- > 0)
    node = node->next;
  return node;
}
