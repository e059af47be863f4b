"""Searching for designs (方案寻优): proposed, run with the same seeds, raced, and run again."""
