/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which column a person sorted the table by. A column view's sorter asks its columns' sorters one after the other, the one that was
 * clicked last first, and turns the answer round for descending order: so whoever is asked first is the column, and what comes out
 * of "the first is smaller" is the direction. */
#include "messages-sort.h"

typedef struct
{
  gboolean is_asked;
  ModelSort sort;
} Question;

/* The items that are compared carry the question: nothing else is at hand in a comparison. */
#define QUESTION "messages-sort-question"

static int
note_column (gconstpointer a, gconstpointer b, gpointer data)
{
  Question *question = g_object_get_data ((GObject *) a, QUESTION);

  if (!question)
    question = g_object_get_data ((GObject *) b, QUESTION);
  if (question && !question->is_asked)
    {
      question->is_asked = TRUE;
      question->sort = GPOINTER_TO_INT (data);
    }
  return -1;
}

GtkSorter *
messages_sort_new (ModelSort sort)
{
  return GTK_SORTER (gtk_custom_sorter_new (note_column, GINT_TO_POINTER (sort), NULL));
}

gboolean
messages_sort_read (GtkSorter *sorter, ModelSort *sort, gboolean *is_ascending)
{
  Question asked = { FALSE, MODEL_SORT_RECEIVED };
  g_autoptr (GObject) a = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) b = g_object_new (G_TYPE_OBJECT, NULL);
  GtkOrdering ordering;

  g_object_set_data (a, QUESTION, &asked);
  ordering = gtk_sorter_compare (sorter, a, b);
  if (!asked.is_asked)
    return FALSE;
  *sort = asked.sort;
  *is_ascending = ordering == GTK_ORDERING_SMALLER;
  return TRUE;
}
