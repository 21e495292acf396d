"""Amounts in pages."""

from django import template

from valutazione.contributo.calcolo import euro

register = template.Library()

register.filter("euro", euro)
